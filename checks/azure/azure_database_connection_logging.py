"""An Azure database for PostgreSQL is told not to log connections.

## Why it matters
Who connected, from where and as which user is the first question after an incident. Azure switches it on; this parameter
switches it off.

## Bad
```text main.tf
resource "azurerm_postgresql_flexible_server_configuration" "log_connections" {
  name      = "log_connections"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "off" # <-
}
```

## Bad: a single server
```text main.tf
resource "azurerm_postgresql_configuration" "log" {
  name        = "log_connections"
  server_name = "records"
  value       = "off" # <-
}
```

## Good
```text main.tf
resource "azurerm_postgresql_flexible_server_configuration" "log_connections" {
  name      = "log_connections"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "on"
}
```

## Good: another parameter
```text main.tf
resource "azurerm_postgresql_flexible_server_configuration" "log_lock_waits" {
  name      = "log_lock_waits"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "off"
}
```

## Fix
```text main.tf
resource "azurerm_postgresql_flexible_server_configuration" "log" {
  name      = "log_connections"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "on"
}
```

## References
- PostgreSQL manual 16, "Error Reporting and Logging", log_connections: https://www.postgresql.org/docs/16/runtime-config-logging.html
- Terraform AzureRM provider 4.14, azurerm_postgresql_flexible_server_configuration: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/postgresql_flexible_server_configuration
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-database-connection-logging",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type("azurerm_postgresql_flexible_server_configuration", "azurerm_postgresql_configuration"),
)
def azure_database_connection_logging(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("name")).lower() == "log_connections" and known(resource.text("value")).lower() == "off":
        yield fail(f"{resource.address} keeps the server from logging who connects", at=resource.where("value"))
