"""A secret in Key Vault never expires.

## Why it matters
Without an expiration date nothing ever asks for a new value: Key Vault announces a secret that is about to expire, and
has nothing to announce for one that never does.

## Bad
```text main.tf
resource "azurerm_key_vault_secret" "database" { # <-
  name         = "database"
  value        = var.database_password
  key_vault_id = azurerm_key_vault.clinic.id
}
```

## Good
```text main.tf
resource "azurerm_key_vault_secret" "database" {
  name            = "database"
  value           = var.database_password
  key_vault_id    = azurerm_key_vault.clinic.id
  expiration_date = "2027-03-01T00:00:00Z"
}
```

## Fix
Give it a date, and act on the event that Key Vault sends 30 days before:
```text main.tf
expiration_date = "2027-03-01T00:00:00Z"
```

## References
- Terraform AzureRM provider 4.14, azurerm_key_vault_secret, expiration_date: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/key_vault_secret#expiration_date
- Azure Key Vault documentation: https://learn.microsoft.com/en-us/azure/key-vault/general/event-grid-overview
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-key-vault-secret-expiry",
    severity=LOW,
    control=Control.SECRET_ROTATION,
    cwe=324,
    applies=of_type("azurerm_key_vault_secret"),
)
def azure_key_vault_secret_expiry(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.has("expiration_date")):
        yield fail(f"{resource.address} never expires", expected="expiration_date")
