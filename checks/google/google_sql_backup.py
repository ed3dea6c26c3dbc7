"""A Cloud SQL instance has no automatic backups.

## Why it matters
Backups are off unless they are switched on; a wrong statement or a lost zone is then final.

## Bad
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
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
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }
  }
}
```

## Good: a replica is backed up through its source
```text main.tf
resource "google_sql_database_instance" "replica" {
  database_version     = "POSTGRES_16"
  master_instance_name = "records"
  settings {
    tier = "db-custom-2-7680"
  }
}
```

## Fix
Switch automatic backups and point-in-time recovery on.
```text main.tf
backup_configuration {
  enabled                        = true
  point_in_time_recovery_enabled = true
}
```

## References
- Terraform Google provider 6.14, google_sql_database_instance, backup_configuration: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/sql_database_instance#backup_configuration
- Cloud SQL documentation: https://cloud.google.com/sql/docs/postgres/backup-recovery/backups
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("google-sql-backup", severity=HIGH, control=Control.BACKUP, applies=of_type("google_sql_database_instance"))
def google_sql_backup(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("master_instance_name")) or known(resource.has("clone")):
        return
    if not known(resource.bool("settings.backup_configuration.enabled")):
        at = resource.where("settings.backup_configuration.enabled")
        yield fail(f"{resource.address} has no automatic backups", at=at)
