"""A database or cache of Azure accepts clients without TLS or with old TLS.

## Why it matters
Passwords and records travel in the clear as soon as one client does not ask for TLS.

## Bad
```text main.tf
resource "azurerm_postgresql_server" "records" {
  name                    = "records"
  ssl_enforcement_enabled = false # <-
}
```

## Bad: a parameter of a flexible server
```text main.tf
resource "azurerm_postgresql_flexible_server_configuration" "tls" {
  name      = "require_secure_transport"
  server_id = "/subscriptions/0/servers/records"
  value     = "off" # <-
}
```

## Bad: the plaintext port of a cache
```text main.tf
resource "azurerm_redis_cache" "sessions" {
  name                 = "sessions"
  non_ssl_port_enabled = true # <-
}
```

## Bad: old TLS
```text main.tf
resource "azurerm_mssql_server" "records" {
  name                = "records"
  minimum_tls_version = "1.0" # <-
}
```

## Good
```text main.tf
resource "azurerm_postgresql_server" "records" {
  name                             = "records"
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_2"
}
resource "azurerm_postgresql_flexible_server_configuration" "tls" {
  name      = "require_secure_transport"
  server_id = "/subscriptions/0/servers/records"
  value     = "on"
}
```

## Good: the defaults of provider version 4
```text main.tf
resource "azurerm_mssql_server" "records" {
  name = "records"
}
resource "azurerm_redis_cache" "sessions" {
  name = "sessions"
}
```

## Fix
Require TLS 1.2 or later and close the plaintext port.
```text main.tf
ssl_enforcement_enabled          = true
ssl_minimal_tls_version_enforced = "TLS1_2"
```

## References
- Terraform AzureRM provider 4.14, azurerm_mssql_server, minimum_tls_version (default 1.2): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/mssql_server#minimum_tls_version
- Terraform AzureRM provider 4.14, azurerm_redis_cache, non_ssl_port_enabled (default false): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/redis_cache#non_ssl_port_enabled
- Azure Database for PostgreSQL documentation: https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/how-to-connect-tls-ssl
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type

_OLD = {"1.0", "1.1", "TLS1_0", "TLS1_1", "TLSEnforcementDisabled", "Disabled"}


@check(
    "azure-database-plaintext",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type(
        "azurerm_mssql_server",
        "azurerm_postgresql_server",
        "azurerm_mysql_server",
        "azurerm_mariadb_server",
        "azurerm_redis_cache",
        "azurerm_postgresql_flexible_server_configuration",
        "azurerm_mysql_flexible_server_configuration",
    ),
)
def azure_database_plaintext(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type.endswith("_configuration"):
        value = known(resource.text("value")) if known(resource.text("name")) == "require_secure_transport" else "on"
        if value.lower() == "off":
            at = resource.where("value")
            yield fail(f"{resource.address} accepts clients without TLS", at=at, key="plaintext")
        return
    if not known(resource.bool("ssl_enforcement_enabled", default=True)):
        at = resource.where("ssl_enforcement_enabled")
        yield fail(f"{resource.address} accepts clients without TLS", at=at, key="plaintext")
    for name in ("non_ssl_port_enabled", "enable_non_ssl_port"):
        if known(resource.bool(name)):
            message = f"{resource.address} keeps its plaintext port open beside the TLS port"
            yield fail(message, at=resource.where(name), key="plaintext")
    for name in ("minimum_tls_version", "ssl_minimal_tls_version_enforced"):
        if known(resource.text(name)) in _OLD:
            message = f"{resource.address} accepts TLS 1.0 or 1.1"
            yield fail(message, at=resource.where(name), severity=MEDIUM, key="tls")
