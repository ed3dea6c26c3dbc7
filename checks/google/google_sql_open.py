"""A Cloud SQL instance admits the whole internet.

## Why it matters
An authorized network of 0.0.0.0/0 lets every address try passwords on the database.

## Bad
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      authorized_networks {
        name  = "all"
        value = "0.0.0.0/0" # <-
      }
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
      authorized_networks {
        name  = "office"
        value = "198.51.100.0/24"
      }
    }
  }
}
```

## Good: no public address
```text main.tf
resource "google_sql_database_instance" "records" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-custom-2-7680"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "projects/clinic/global/networks/main"
    }
  }
}
```

## Fix
Give the instance a private address only.
```text main.tf
ip_configuration {
  ipv4_enabled    = false
  private_network = google_compute_network.main.id
}
```

## References
- Terraform Google provider 6.14, google_sql_database_instance, authorized_networks: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/sql_database_instance#authorized_networks
- Cloud SQL documentation: https://cloud.google.com/sql/docs/postgres/authorize-networks
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, CloudResource, Control, Diagnostic, check, fail, is_everywhere, known, of_type


@check(
    "google-sql-open",
    severity=CRITICAL,
    control=Control.NETWORK_EXPOSURE,
    cwe=284,
    applies=of_type("google_sql_database_instance"),
)
def google_sql_open(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("settings.ip_configuration.ipv4_enabled", default=True)):
        return
    for network in resource.blocks("settings.ip_configuration.authorized_networks"):
        if is_everywhere(known(network.text("value"))):
            yield fail(f"{resource.address} admits every address of the internet", at=network.where("value"))
