"""A database has no standby in a second availability zone.

## Why it matters
When the zone or its one server fails, the database is away until it is restored. A standby in a second zone
takes over within minutes.

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
  engine         = "postgres"
  instance_class = "db.t4g.medium"
  multi_az       = true
}
```

## Good: a read replica is the second copy
```text main.tf
resource "aws_db_instance" "replica" {
  replicate_source_db = "records"
  instance_class      = "db.t4g.medium"
}
```

## Fix
Add a standby in a second zone:
```text main.tf
multi_az = true
```

## References
- Terraform AWS provider 5.80, aws_db_instance, multi_az (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_instance#multi_az
- Amazon RDS User Guide: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("aws-rds-single-zone", severity=MEDIUM, control=Control.AVAILABILITY, applies=of_type("aws_db_instance"))
def aws_rds_single_zone(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("replicate_source_db")) or known(resource.bool("multi_az")):
        return
    yield fail(f"{resource.address} has no standby in a second availability zone", at=resource.where("multi_az"))
