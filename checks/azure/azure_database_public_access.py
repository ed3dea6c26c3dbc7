"""A database server of Azure has a public endpoint.

## Why it matters
The public endpoint is on unless it is switched off; its firewall rules are then all that stands between the
internet and the log-in.

## Bad
```text main.tf
resource "azurerm_mssql_server" "records" { # <-
  name = "records"
}
```

## Bad
```text main.tf
resource "azurerm_postgresql_server" "records" {
  name                          = "records"
  public_network_access_enabled = true # <-
}
```

## Good
```text main.tf
resource "azurerm_mssql_server" "records" {
  name                          = "records"
  public_network_access_enabled = false
}
```

## Good: a flexible server inside a network has no public endpoint
```text main.tf
resource "azurerm_postgresql_flexible_server" "records" {
  name                = "records"
  delegated_subnet_id = "/subscriptions/0/subnets/db"
  private_dns_zone_id = "/subscriptions/0/privateDnsZones/db"
}
```

## Fix
Switch the public endpoint off:
```text main.tf
public_network_access_enabled = false
```

## References
- Terraform AzureRM provider 4.14, azurerm_mssql_server, public_network_access_enabled (default true): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/mssql_server#public_network_access_enabled
- Terraform AzureRM provider 4.14, azurerm_postgresql_flexible_server, public_network_access_enabled: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/postgresql_flexible_server#public_network_access_enabled
- Azure SQL documentation: https://learn.microsoft.com/en-us/azure/azure-sql/database/connectivity-settings
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-database-public-access",
    severity=MEDIUM,
    control=Control.NETWORK_EXPOSURE,
    cwe=668,
    applies=of_type(
        "azurerm_mssql_server",
        "azurerm_postgresql_server",
        "azurerm_mysql_server",
        "azurerm_mariadb_server",
        "azurerm_postgresql_flexible_server",
        "azurerm_mysql_flexible_server",
    ),
)
def azure_database_public_access(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("delegated_subnet_id")):
        return
    if known(resource.bool("public_network_access_enabled", default=True)):
        at = resource.where("public_network_access_enabled")
        yield fail(f"{resource.address} has a public endpoint", at=at)
