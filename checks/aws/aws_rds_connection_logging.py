"""An RDS database for PostgreSQL does not log connections.

## Why it matters
Who connected, from where and as which user is the first question after an incident. PostgreSQL answers it only if the
parameter group switches it on.

## Bad
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "postgres"
  engine_version = "16.3"
}
```

## Bad: switched off
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = "0" # <-
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "log_disconnections"
    value = "1"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good: the words of PostgreSQL 18
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres18"
  parameter {
    name  = "log_connections"
    value = "authentication,authorization"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "18.1"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good: another engine
```text main.tf
resource "aws_db_instance" "records" {
  engine         = "mysql"
  engine_version = "8.0.39"
}
```

## Fix
Log connections in the parameter group:
```text main.tf
parameter {
  name  = "log_connections"
  value = "1"
}
```

## References
- Amazon RDS User Guide, "Turning on query logging for your RDS for PostgreSQL DB instance" and "RDS for PostgreSQL database log files": https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html
- PostgreSQL manual 16, "Error Reporting and Logging" (log_connections is off by default): https://www.postgresql.org/docs/16/runtime-config-logging.html
- Terraform AWS provider 5.80, aws_db_parameter_group: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_parameter_group
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, of_type

from ._rds import INSTANCES, is_off, is_postgres, parameter


@check(
    "aws-rds-connection-logging",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type(*INSTANCES),
)
def aws_rds_connection_logging(resource: CloudResource) -> Iterator[Diagnostic]:
    if not is_postgres(resource):
        return
    value, at = parameter(resource, "log_connections")
    if value is None or is_off(value):
        yield fail(f"{resource.address} does not log who connects", at=at, expected="log_connections = 1")
