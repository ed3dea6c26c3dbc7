"""A key vault's keys can be destroyed for good.

## Why it matters
Without purge protection whoever may delete the vault or a key can also purge it at once, and everything
encrypted with it is lost.

## Bad
```text main.tf
resource "azurerm_key_vault" "clinic" { # <-
  name     = "clinic"
  sku_name = "standard"
}
```

## Good
```text main.tf
resource "azurerm_key_vault" "clinic" {
  name                     = "clinic"
  sku_name                 = "standard"
  purge_protection_enabled = true
}
```

## Fix
Switch purge protection on:
```text main.tf
purge_protection_enabled = true
```

## References
- Terraform AzureRM provider 4.14, azurerm_key_vault, purge_protection_enabled: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/key_vault#purge_protection_enabled
- Azure Key Vault documentation: https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview#purge-protection
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-key-vault-purge",
    severity=MEDIUM,
    control=Control.KEY_MANAGEMENT,
    also=(Control.DURABILITY,),
    applies=of_type("azurerm_key_vault"),
)
def azure_key_vault_purge(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("purge_protection_enabled")):
        at = resource.where("purge_protection_enabled")
        yield fail(f"Keys of {resource.address} can be destroyed for good", at=at)
