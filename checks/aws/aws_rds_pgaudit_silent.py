"""pgAudit is loaded into an RDS database but records nothing.

## Why it matters
The parameter group loads the audit library, so it looks as if reads of records were recorded. Without `pgaudit.log` or
`pgaudit.role` not one is.

## Bad
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "shared_preload_libraries"
    value = "pg_stat_statements,pgaudit" # <-
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Bad: none on purpose
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "shared_preload_libraries"
    value = "pgaudit"
  }
  parameter {
    name  = "pgaudit.log"
    value = "none" # <-
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
    name  = "shared_preload_libraries"
    value = "pgaudit"
  }
  parameter {
    name  = "pgaudit.log"
    value = "ddl,role,write"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good: what a role is granted
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "shared_preload_libraries"
    value = "pgaudit"
  }
  parameter {
    name  = "pgaudit.role"
    value = "rds_pgaudit"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good: not loaded, so nothing pretends
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "shared_preload_libraries"
    value = "pg_stat_statements"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Fix
Say what to record:
```text main.tf
parameter {
  name  = "pgaudit.log"
  value = "ddl,role,read,write"
}
```

## References
- Amazon RDS User Guide, "Using pgAudit to log database activity": https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
- pgAudit manual, "Settings" (pgaudit.log is none by default): https://github.com/pgaudit/pgaudit/blob/main/README.md#settings
- Terraform AWS provider 5.80, aws_db_parameter_group: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_parameter_group
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, of_type

from ._rds import INSTANCES, is_postgres, parameter


@check(
    "aws-rds-pgaudit-silent",
    severity=HIGH,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type(*INSTANCES),
)
def aws_rds_pgaudit_silent(resource: CloudResource) -> Iterator[Diagnostic]:
    if not is_postgres(resource):
        return
    libraries, place = parameter(resource, "shared_preload_libraries")
    if "pgaudit" not in {name.strip() for name in (libraries or "").split(",")}:
        return
    if parameter(resource, "pgaudit.role")[0]:
        return
    classes, at = parameter(resource, "pgaudit.log")
    if classes is None or classes.strip().lower() in {"", "none"}:
        yield fail(
            f"pgAudit records nothing of {resource.address}",
            at=place if classes is None else at,
            expected="pgaudit.log = ddl,role,read,write",
        )
