"""A storage account can be reached from every network.

## Why it matters
Without network rules that deny by default, the account's endpoint answers the whole internet, and one leaked
key or signature opens it.

## Bad
```text main.tf
resource "azurerm_storage_account" "clinic" { # <-
  name = "clinic"
}
```

## Bad
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name = "clinic"
  network_rules {
    default_action = "Allow" # <-
  }
}
```

## Good
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name = "clinic"
  network_rules {
    default_action             = "Deny"
    virtual_network_subnet_ids = ["/subscriptions/0/subnets/app"]
  }
}
```

## Good: the rules are a resource of their own
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name = "clinic"
}
resource "azurerm_storage_account_network_rules" "clinic" {
  storage_account_id = azurerm_storage_account.clinic.id
  default_action     = "Deny"
}
```

## Good: private endpoints only
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name                          = "clinic"
  public_network_access_enabled = false
}
```

## Fix
Deny by default and name the networks that may connect.
```text main.tf
network_rules {
  default_action             = "Deny"
  virtual_network_subnet_ids = [azurerm_subnet.app.id]
}
```

## References
- Terraform AzureRM provider 4.14, azurerm_storage_account, network_rules: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/storage_account#network_rules
- Terraform AzureRM provider 4.14, azurerm_storage_account, public_network_access_enabled (default true): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/storage_account#public_network_access_enabled
- Azure Storage documentation: https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-storage-all-networks",
    severity=MEDIUM,
    control=Control.NETWORK_EXPOSURE,
    cwe=668,
    applies=of_type("azurerm_storage_account"),
)
def azure_storage_all_networks(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("public_network_access_enabled", default=True)):
        return
    action = known(resource.text("network_rules.default_action"))
    at = resource.where("network_rules.default_action")
    if not action:
        for rules in resource.companions("azurerm_storage_account_network_rules", via="storage_account_id"):
            action, at = known(rules.text("default_action")), rules.where("default_action")
    if action != "Deny":
        yield fail(f"{resource.address} can be reached from every network", at=at)
