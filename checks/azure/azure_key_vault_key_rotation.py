"""A key in Key Vault is not rotated.

## Why it matters
The longer one key is used, the more data its loss lays open. A key without rotation and without an expiration date
stays in use for as long as the vault exists.

## Bad
```text main.tf
resource "azurerm_key_vault_key" "records" { # <-
  name         = "records"
  key_vault_id = azurerm_key_vault.clinic.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
}
```

## Bad: a policy that tells about the end and does not rotate
```text main.tf
resource "azurerm_key_vault_key" "records" { # <-
  name         = "records"
  key_vault_id = azurerm_key_vault.clinic.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
  rotation_policy {
    notify_before_expiry = "P29D"
  }
}
```

## Good
```text main.tf
resource "azurerm_key_vault_key" "records" {
  name         = "records"
  key_vault_id = azurerm_key_vault.clinic.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
  rotation_policy {
    expire_after         = "P1Y"
    notify_before_expiry = "P29D"
    automatic {
      time_before_expiry = "P30D"
    }
  }
}
```

## Good: a date by which it must be replaced
```text main.tf
resource "azurerm_key_vault_key" "records" {
  name            = "records"
  key_vault_id    = azurerm_key_vault.clinic.id
  key_type        = "RSA"
  key_size        = 3072
  key_opts        = ["wrapKey", "unwrapKey"]
  expiration_date = "2027-03-01T00:00:00Z"
}
```

## Fix
Let the vault rotate it:
```text main.tf
rotation_policy {
  expire_after = "P1Y"
  automatic {
    time_before_expiry = "P30D"
  }
}
```

## References
- Terraform AzureRM provider 4.14, azurerm_key_vault_key, rotation_policy: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/key_vault_key#rotation_policy
- Azure Key Vault documentation: https://learn.microsoft.com/en-us/azure/key-vault/keys/how-to-configure-key-rotation
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-key-vault-key-rotation",
    severity=LOW,
    control=Control.KEY_MANAGEMENT,
    cwe=324,
    applies=of_type("azurerm_key_vault_key"),
)
def azure_key_vault_key_rotation(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("expiration_date")) or known(resource.has("rotation_policy.expire_after")):
        return
    if not known(resource.has("rotation_policy.automatic")):
        yield fail(f"{resource.address} is neither rotated nor does it expire", expected="a rotation_policy")
