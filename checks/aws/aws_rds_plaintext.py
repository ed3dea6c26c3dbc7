"""An RDS database accepts clients without TLS.

## Why it matters
RDS offers TLS, and clients may ask for it; unless the parameter group requires it, one client that does not sends its
password and its records in the clear.

## Bad
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "postgres"
  engine_version = "14.12"
}
```

## Bad: switched off
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "0" # <-
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "16.3"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Bad: the group sets other things
```text main.tf
resource "aws_db_parameter_group" "records" { # <-
  family = "postgres14"
  parameter {
    name  = "log_connections"
    value = "1"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "14.12"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Bad: MySQL
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "mysql"
  engine_version = "8.0.39"
}
```

## Bad: an Aurora cluster
```text main.tf
resource "aws_rds_cluster" "records" { # <-
  engine         = "aurora-postgresql"
  engine_version = "16.4"
}
```

## Good
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "postgres14"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "14.12"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good: required by default from PostgreSQL 15 on
```text main.tf
resource "aws_db_instance" "records" {
  engine         = "postgres"
  engine_version = "15.8"
}
```

## Good: MySQL
```text main.tf
resource "aws_db_parameter_group" "records" {
  family = "mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}
resource "aws_db_instance" "records" {
  engine         = "mysql"
  engine_version = "8.0.39"
  parameter_group_name = aws_db_parameter_group.records.name
}
```

## Good: an Aurora cluster
```text main.tf
resource "aws_rds_cluster_parameter_group" "records" {
  family = "aurora-mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}
resource "aws_rds_cluster" "records" {
  engine         = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.07.1"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.records.name
}
```

## Fix
Require TLS in the parameter group (`require_secure_transport` for MySQL and MariaDB):
```text main.tf
parameter {
  name  = "rds.force_ssl"
  value = "1"
}
```

## References
- Amazon RDS User Guide, "Using SSL with a PostgreSQL DB instance" (rds.force_ssl is 1 from PostgreSQL 15 on): https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
- Amazon Aurora User Guide, "Securing Aurora PostgreSQL data with SSL/TLS" (rds.force_ssl is 1 from version 17 on): https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
- Amazon RDS User Guide, "Requiring SSL/TLS for all connections to a MySQL DB instance": https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.html
- Terraform AWS provider 5.80, aws_db_parameter_group: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_parameter_group
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, not_evaluated, of_type

from ._rds import INSTANCES, engine_of, is_off, parameter, release_of

_PARAMETER = {
    "postgres": "rds.force_ssl",
    "aurora-postgresql": "rds.force_ssl",
    "mysql": "require_secure_transport",
    "mariadb": "require_secure_transport",
    "aurora-mysql": "require_secure_transport",
}
_ON_SINCE = {"postgres": (15, 0), "aurora-postgresql": (17, 0), "mysql": None, "mariadb": None, "aurora-mysql": None}
"""The first release whose default requires TLS."""
_SETTLED = {"mysql": (8, 1), "mariadb": (11, 5), "aurora-mysql": (8, 1)}
"""Up to which release the default is off for sure."""


@check(
    "aws-rds-plaintext",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type(*INSTANCES),
)
def aws_rds_plaintext(resource: CloudResource) -> Iterator[Diagnostic]:
    engine = engine_of(resource)
    name = _PARAMETER.get(engine)
    if name is None:
        return
    value, at = parameter(resource, name)
    if value is None:
        release, since = release_of(resource), _ON_SINCE[engine]
        if since is None and release >= _SETTLED.get(engine, release):
            yield not_evaluated(f"the default of {name} for this release of {engine} is not known here")
            return
        if since is not None and release >= since:
            return
    if value is None or is_off(value):
        yield fail(f"{resource.address} accepts clients without TLS", at=at, expected=f"{name} = 1")
