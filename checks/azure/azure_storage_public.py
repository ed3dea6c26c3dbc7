"""A storage container lets anybody read its blobs.

## Why it matters
`blob` lets anonymous requests read any blob whose name is known or guessed, `container` lets them list all
names as well.

## Bad
```text main.tf
resource "azurerm_storage_container" "scans" {
  name                  = "scans"
  storage_account_id    = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/clinic"
  container_access_type = "container" # <-
}
```

## Good
```text main.tf
resource "azurerm_storage_container" "scans" {
  name                  = "scans"
  storage_account_id    = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/clinic"
  container_access_type = "private"
}
```

## Good: the account forbids anonymous access
```text main.tf
resource "azurerm_storage_account" "clinic" {
  name                            = "clinic"
  allow_nested_items_to_be_public = false
}
resource "azurerm_storage_container" "scans" {
  name                  = "scans"
  storage_account_id    = azurerm_storage_account.clinic.id
  container_access_type = "blob"
}
```

## Fix
Make the container private:
```text main.tf
container_access_type = "private"
```
and on the account `allow_nested_items_to_be_public = false`, which is true by default.

## References
- Terraform AzureRM provider 4.14, azurerm_storage_container, container_access_type (default private): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/storage_container#container_access_type
- Azure Storage documentation: https://learn.microsoft.com/en-us/azure/storage/blobs/anonymous-read-access-overview
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azure-storage-public",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=284,
    applies=of_type("azurerm_storage_container"),
)
def azure_storage_public(resource: CloudResource) -> Iterator[Diagnostic]:
    access = known(resource.text("container_access_type", default="private"))
    if access == "private":
        return
    accounts = (*resource.referenced("storage_account_id"), *resource.referenced("storage_account_name"))
    if any(not known(account.bool("allow_nested_items_to_be_public", default=True)) for account in accounts):
        return
    what = "read and list" if access == "container" else "read"
    at = resource.where("container_access_type")
    yield fail(f"Anybody on the internet can {what} the blobs of {resource.address}", at=at)
