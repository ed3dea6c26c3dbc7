"""A Cloud SQL instance accepts clients without TLS.

## Why it matters
The default `ALLOW_UNENCRYPTED_AND_ENCRYPTED` serves clients that do not ask for TLS; their passwords and
records travel in the clear.

## Bad
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings { # <-
    tier = "db-custom-2-7680"
  }
}
```

## Bad
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED" # <-
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
    ip_configuration {
      ssl_mode = "ENCRYPTED_ONLY"
    }
  }
}
```

## Good: provider version 5
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      require_ssl = true
    }
  }
}
```

## Fix
Require TLS.
```text main.tf
ip_configuration {
  ssl_mode = "ENCRYPTED_ONLY"
}
```

## References
- Terraform Google provider 6.14, google_sql_database_instance, ssl_mode: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/sql_database_instance#ssl_mode
- Cloud SQL documentation: https://cloud.google.com/sql/docs/postgres/configure-ssl-instance
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

_IP = "settings.ip_configuration"


@check(
    "google-sql-plaintext",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("google_sql_database_instance"),
)
def google_sql_plaintext(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("replica_configuration")) or known(resource.has("clone")):
        return
    mode = known(resource.text(f"{_IP}.ssl_mode"))
    if mode in {"ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"}:
        return
    if not mode and known(resource.bool(f"{_IP}.require_ssl")):
        return
    yield fail(f"{resource.address} accepts clients without TLS", at=resource.where(f"{_IP}.ssl_mode"))
