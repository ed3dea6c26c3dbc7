"""A storage account serves plain HTTP or accepts TLS 1.0 or 1.1.

## Why it matters
Keys, signatures and blobs travel in the clear when secure transfer is switched off; TLS 1.0 and 1.1 are
obsolete.

## Bad
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name                       = "clinic"
  https_traffic_only_enabled = false # <-
}
```

## Bad: the argument's name up to provider version 3
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name                      = "clinic"
  enable_https_traffic_only = false # <-
}
```

## Bad: old TLS
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name            = "clinic"
  min_tls_version = "TLS1_0" # <-
}
```

## Good
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name                       = "clinic"
  https_traffic_only_enabled = true
  min_tls_version            = "TLS1_2"
}
```

## Good: the defaults of provider versions 3 and 4
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name = "clinic"
}
```

## Fix
Require HTTPS with TLS 1.2.
```text main.tf
https_traffic_only_enabled = true
min_tls_version            = "TLS1_2"
```

## References
- Terraform AzureRM provider 4.14, azurerm_storage_account, https_traffic_only_enabled (default true): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/storage_account#https_traffic_only_enabled
- Terraform AzureRM provider 4.14, azurerm_storage_account, min_tls_version (default TLS1_2): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/storage_account#min_tls_version
- Azure Storage documentation: https://learn.microsoft.com/en-us/azure/storage/common/storage-require-secure-transfer
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-storage-http",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("azurerm_storage_account"),
)
def azure_storage_http(resource: CloudResource) -> Iterator[Diagnostic]:
    for name in ("https_traffic_only_enabled", "enable_https_traffic_only"):
        if not known(resource.bool(name, default=True)):
            yield fail(f"{resource.address} serves plain HTTP", at=resource.where(name), key="http")
    version = known(resource.text("min_tls_version", default="TLS1_2"))
    if version in {"TLS1_0", "TLS1_1"}:
        at = resource.where("min_tls_version")
        message = f"{resource.address} accepts TLS {version[3:].replace('_', '.')}"
        yield fail(message, at=at, severity=MEDIUM, key="tls")
