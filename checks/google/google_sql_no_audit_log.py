"""A Cloud SQL instance does not record who reads and changes its data.

## Why it matters
The audit logs of Google Cloud record who manages the instance, not the statements that people and programs run in it. Those
are recorded by pgAudit or by the audit plugin for MySQL, and a flag switches them on.

## Bad
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings { # <-
    tier = "db-custom-2-7680"
  }
}
```

## Bad: loaded, and told to record nothing
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }
    database_flags {
      name  = "pgaudit.log"
      value = "none" # <-
    }
  }
}
```

## Bad: MySQL
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "MYSQL_8_0"
  settings { # <-
    tier = "db-custom-2-7680"
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
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }
    database_flags {
      name  = "pgaudit.log"
      value = "ddl,write"
    }
  }
}
```

## Good: MySQL
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "cloudsql_mysql_audit"
      value = "ON"
    }
  }
}
```

## Good: what a role is granted
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    database_flags {
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }
    database_flags {
      name  = "pgaudit.role"
      value = "auditor"
    }
  }
}
```

## Fix
Switch it on, and create the extension or the audit rules in the database:
```text main.tf
database_flags {
  name  = "cloudsql.enable_pgaudit"
  value = "on"
}
database_flags {
  name  = "pgaudit.log"
  value = "ddl,role,read,write"
}
```

## References
- Cloud SQL documentation, "Audit for PostgreSQL using pgAudit" (pgaudit.log is none by default): https://cloud.google.com/sql/docs/postgres/pg-audit
- Cloud SQL documentation, "MySQL database auditing": https://cloud.google.com/sql/docs/mysql/db-audit
- Terraform Google provider 6.14, google_sql_database_instance, database_flags: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/sql_database_instance#database_flags
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, of_type

from ._sql import engine_of, flag


@check(
    "google-sql-no-audit-log",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type("google_sql_database_instance"),
)
def google_sql_no_audit_log(resource: CloudResource) -> Iterator[Diagnostic]:
    engine = engine_of(resource)
    name = {"POSTGRES": "cloudsql.enable_pgaudit", "MYSQL": "cloudsql_mysql_audit"}.get(engine)
    if name is None:
        return
    value, at = flag(resource, name)
    if value not in {"on", "1", "true"}:
        yield fail(f"{resource.address} records no statements", at=at, expected=f"{name} = on")
    elif engine == "POSTGRES" and flag(resource, "pgaudit.role")[0] is None:
        classes, at = flag(resource, "pgaudit.log")
        if classes in {None, "", "none"}:
            yield fail(
                f"pgAudit records nothing of {resource.address}", at=at, expected="pgaudit.log = ddl,role,read,write"
            )
