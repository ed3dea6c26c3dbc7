"""A database has no automatic backups, or keeps them too briefly.

## Why it matters
Automatic backups allow to restore to any second within the retention period. With 0 there are none; one or
two days pass before anybody notices damage.

## Bad: no backups: the default of an instance is 0
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
```

## Bad: a cluster with the default of one day
```text main.tf
resource "aws_rds_cluster" "records" { # <-
  engine = "aurora-postgresql"
}
```

## Bad
```text main.tf
resource "aws_db_instance" "records" {
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  backup_retention_period = 2 # <-
}
```

## Good
```text main.tf
resource "aws_db_instance" "records" {
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  backup_retention_period = 14
}
```

## Good: a read replica is backed up through its source
```text main.tf
resource "aws_db_instance" "replica" {
  replicate_source_db = "records"
  instance_class      = "db.t4g.medium"
}
```

## Fix
Keep backups for at least seven days (35 is the most RDS offers):
```text main.tf
backup_retention_period = 14
```

## References
- Terraform AWS provider 5.80, aws_db_instance, backup_retention_period (default 0): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_instance#backup_retention_period
- Terraform AWS provider 5.80, aws_rds_cluster, backup_retention_period (default 1): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/rds_cluster#backup_retention_period
- Amazon RDS User Guide: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type

DAYS = 7
"""Days of backups expected; AWS proposes 7 in its console."""


@check(
    "aws-rds-backup",
    severity=HIGH,
    control=Control.BACKUP,
    applies=of_type("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"),
)
def aws_rds_backup(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("replicate_source_db")):
        return
    default = 0 if resource.type == "aws_db_instance" else 1
    days = known(resource.number("backup_retention_period", default=default))
    at = resource.where("backup_retention_period")
    if days == 0:
        yield fail(f"{resource.address} has no automatic backups", at=at)
    elif days < DAYS:
        unit = "day" if days == 1 else "days"
        yield fail(f"{resource.address} keeps backups for {days:.0f} {unit} only", at=at, severity=MEDIUM)
