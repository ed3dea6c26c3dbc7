"""A database's firewall admits the internet or all of Azure.

## Why it matters
The range 0.0.0.0 to 255.255.255.255 admits everybody. The single address 0.0.0.0 is Azure's word for every
machine of every Azure customer.

## Bad
```text main.tf
resource "azurerm_postgresql_flexible_server_firewall_rule" "all" {
  name             = "all"
  server_id        = "/subscriptions/0/servers/records"
  start_ip_address = "0.0.0.0" # <-
  end_ip_address   = "255.255.255.255"
}
```

## Bad: all Azure services, of any customer
```text main.tf
resource "azurerm_mssql_firewall_rule" "azure" {
  name             = "azure"
  server_id        = "/subscriptions/0/servers/records"
  start_ip_address = "0.0.0.0" # <-
  end_ip_address   = "0.0.0.0"
}
```

## Good
```text main.tf
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = "/subscriptions/0/servers/records"
  start_ip_address = "198.51.100.10"
  end_ip_address   = "198.51.100.10"
}
```

## Fix
Use a private endpoint or a subnet rule, or name the addresses of the clients.
```text main.tf
start_ip_address = "198.51.100.10"
end_ip_address   = "198.51.100.10"
```

## References
- Terraform AzureRM provider 4.14, azurerm_mssql_firewall_rule: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/mssql_firewall_rule
- Azure SQL documentation: https://learn.microsoft.com/en-us/azure/azure-sql/database/firewall-configure#connections-from-inside-azure
"""

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type

_HALF = 2**31
"""A range of more than half of all IPv4 addresses is the internet."""


@check(
    "azure-database-open",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=284,
    applies=of_type(
        "azurerm_mssql_firewall_rule",
        "azurerm_sql_firewall_rule",
        "azurerm_postgresql_firewall_rule",
        "azurerm_postgresql_flexible_server_firewall_rule",
        "azurerm_mysql_firewall_rule",
        "azurerm_mysql_flexible_server_firewall_rule",
        "azurerm_mariadb_firewall_rule",
        "azurerm_redis_firewall_rule",
    ),
)
def azure_database_open(resource: CloudResource) -> Iterator[Diagnostic]:
    names = (
        ("start_ip", "end_ip")
        if resource.type == "azurerm_redis_firewall_rule"
        else ("start_ip_address", "end_ip_address")
    )
    try:
        first, last = (int(IPv4Address(known(resource.text(name)))) for name in names)
    except AddressValueError:
        return
    at = resource.where(names[0])
    if last - first >= _HALF:
        yield fail(f"{resource.address} admits the whole internet to the database", at=at)
    elif first == last == 0:
        message = f"{resource.address} admits every machine in Azure, of any customer, to the database"
        yield fail(message, at=at, severity=MEDIUM)
