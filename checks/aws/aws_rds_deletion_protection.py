"""A database can be deleted by one command.

## Why it matters
Without deletion protection a wrong `terraform destroy`, a script or an intruder removes the database, and
with it its automatic backups.

## Bad
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
```

## Good
```text main.tf
resource "aws_db_instance" "records" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  deletion_protection = true
}
```

## Good: a member of an Aurora cluster has the protection of the cluster
```text main.tf
resource "aws_rds_cluster" "records" {
  engine              = "aurora-postgresql"
  deletion_protection = true
}
resource "aws_rds_cluster_instance" "records" {
  cluster_identifier = aws_rds_cluster.records.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}
```

## Fix
Switch deletion protection on:
```text main.tf
deletion_protection = true
```

## References
- Terraform AWS provider 5.80, aws_db_instance, deletion_protection (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_instance#deletion_protection
- Amazon RDS User Guide: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-rds-deletion-protection",
    severity=MEDIUM,
    control=Control.INTEGRITY,
    applies=of_type("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"),
)
def aws_rds_deletion_protection(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("replicate_source_db")):
        return
    if not known(resource.bool("deletion_protection")):
        yield fail(f"{resource.address} is not protected from deletion", at=resource.where("deletion_protection"))
