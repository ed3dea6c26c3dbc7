"""A database has a public address.

## Why it matters
With `publicly_accessible` the endpoint's name resolves to a public address, so that one wrong security group
rule opens the database to the internet.

## Bad
```text main.tf
resource "aws_db_instance" "records" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  publicly_accessible = true # <-
}
```

## Good
```text main.tf
resource "aws_db_instance" "records" {
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  publicly_accessible = false
}
```

## Good: the default is false
```text main.tf
resource "aws_rds_cluster_instance" "records" {
  cluster_identifier = "records"
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}
```

## Fix
Remove the argument and reach the database through the VPC:
```text main.tf
publicly_accessible = false
```

## References
- Terraform AWS provider 5.80, aws_db_instance, publicly_accessible (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_instance#publicly_accessible
- Amazon RDS User Guide: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-rds-public",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=668,
    applies=of_type(
        "aws_db_instance",
        "aws_rds_cluster_instance",
        "aws_neptune_cluster_instance",
        "aws_dms_replication_instance",
    ),
)
def aws_rds_public(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("publicly_accessible")):
        yield fail(f"{resource.address} has a public address", at=resource.where("publicly_accessible"))
