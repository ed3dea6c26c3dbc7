"""An Azure database does not record who reads and changes its data.

## Why it matters
Azure's activity log records who manages the server, not the statements that people and programs run in it. Those are recorded
by pgAudit or MySQL's audit log, and both record nothing unless a parameter says what.

## Bad
```text main.tf
resource "azurerm_mysql_flexible_server" "records" { # <-
  name    = "records"
  version = "8.0.21"
}
```

## Bad: switched off
```text main.tf
resource "azurerm_mysql_flexible_server" "records" {
  name    = "records"
  version = "8.0.21"
}
resource "azurerm_mysql_flexible_server_configuration" "audit_log_enabled" {
  name        = "audit_log_enabled"
  server_name = azurerm_mysql_flexible_server.records.name
  value       = "OFF" # <-
}
```

## Bad: pgAudit without anything to record
```text main.tf
resource "azurerm_postgresql_flexible_server" "records" { # <-
  name    = "records"
  version = "16"
}
resource "azurerm_postgresql_flexible_server_configuration" "shared_preload_libraries" {
  name      = "shared_preload_libraries"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "pg_stat_statements,pgaudit"
}
```

## Bad: none on purpose
```text main.tf
resource "azurerm_postgresql_flexible_server" "records" {
  name    = "records"
  version = "16"
}
resource "azurerm_postgresql_flexible_server_configuration" "pgaudit_log" {
  name      = "pgaudit.log"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "NONE" # <-
}
```

## Good
```text main.tf
resource "azurerm_mysql_flexible_server" "records" {
  name    = "records"
  version = "8.0.21"
}
resource "azurerm_mysql_flexible_server_configuration" "audit_log_enabled" {
  name        = "audit_log_enabled"
  server_name = azurerm_mysql_flexible_server.records.name
  value       = "ON"
}
```

## Good: PostgreSQL
```text main.tf
resource "azurerm_postgresql_flexible_server" "records" {
  name    = "records"
  version = "16"
}
resource "azurerm_postgresql_flexible_server_configuration" "shared_preload_libraries" {
  name      = "shared_preload_libraries"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "pgaudit"
}
resource "azurerm_postgresql_flexible_server_configuration" "pgaudit_log" {
  name      = "pgaudit.log"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "ddl,role,read,write"
}
```

## Good: what a role is granted
```text main.tf
resource "azurerm_postgresql_flexible_server" "records" {
  name    = "records"
  version = "16"
}
resource "azurerm_postgresql_flexible_server_configuration" "pgaudit_role" {
  name      = "pgaudit.role"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "auditor"
}
```

## Fix
Say what to record (`audit_log_enabled` for MySQL):
```text main.tf
resource "azurerm_postgresql_flexible_server_configuration" "audit" {
  name      = "pgaudit.log"
  server_id = azurerm_postgresql_flexible_server.records.id
  value     = "ddl,role,read,write"
}
```

## References
- Azure Database for MySQL documentation, "Audit logs" (disabled by default): https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs
- Azure Database for PostgreSQL documentation, "Audit logging" (pgaudit.log is none by default): https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-audit
- Terraform AzureRM provider 4.14, azurerm_postgresql_flexible_server_configuration: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/postgresql_flexible_server_configuration
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-database-no-audit-log",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type("azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server"),
)
def azure_database_no_audit_log(resource: CloudResource) -> Iterator[Diagnostic]:
    is_mysql = resource.type == "azurerm_mysql_flexible_server"
    via, own = ("server_name", "name") if is_mysql else ("server_id", "")
    parameters = {
        known(found.text("name")).lower(): found
        for found in resource.companions(f"{resource.type}_configuration", via=via, name=own)
    }
    name, off = ("audit_log_enabled", "off") if is_mysql else ("pgaudit.log", "none")
    if "pgaudit.role" in parameters:
        return
    chosen = parameters.get(name)
    value = known(chosen.text("value")).strip().lower() if chosen is not None else off
    if value in {off, ""}:
        yield fail(
            f"{resource.address} records no statements",
            at=chosen.where("value") if chosen is not None else resource.at,
            expected="audit_log_enabled = ON" if is_mysql else "pgaudit.log = ddl,role,read,write",
        )
