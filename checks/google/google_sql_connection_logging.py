"""A Cloud SQL instance of PostgreSQL does not log connections.

## Why it matters
Who connected, from where and as which user is the first question after an incident. PostgreSQL answers it only if a flag
switches it on.

## Bad
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings { # <-
    tier = "db-custom-2-7680"
  }
}
```

## Bad: switched off
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_connections"
      value = "off" # <-
    }
  }
}
```

## Good
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "log_connections"
      value = "on"
    }
    database_flags {
      name  = "log_disconnections"
      value = "on"
    }
  }
}
```

## Good: another engine
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-custom-2-7680"
  }
}
```

## Fix
```text main.tf
database_flags {
  name  = "log_connections"
  value = "on"
}
```

## References
- Cloud SQL documentation, "Configure database flags": https://cloud.google.com/sql/docs/postgres/flags
- PostgreSQL manual 16, "Error Reporting and Logging" (log_connections is off by default): https://www.postgresql.org/docs/16/runtime-config-logging.html
- Terraform Google provider 6.14, google_sql_database_instance, database_flags: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/sql_database_instance#database_flags
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, of_type

from ._sql import engine_of, flag


@check(
    "google-sql-connection-logging",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type("google_sql_database_instance"),
)
def google_sql_connection_logging(resource: CloudResource) -> Iterator[Diagnostic]:
    if engine_of(resource) != "POSTGRES":
        return
    value, at = flag(resource, "log_connections")
    if value in {None, "off", "0", "false", ""}:
        yield fail(f"{resource.address} does not log who connects", at=at, expected="log_connections = on")
