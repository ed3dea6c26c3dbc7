"""An application of Entra ID may collect passwords itself.

## Why it matters
With public client flows an application without a secret sends users' passwords to Entra ID itself. It sees them, no
second factor can be asked for, and anybody can try passwords in its name.

## Bad
```text main.tf
resource "azuread_application" "portal" {
  display_name = "portal"
  fallback_public_client_enabled = true # <-
}
```

## Good: the default
```text main.tf
resource "azuread_application" "portal" {
  display_name = "portal"
}
```

## Good
```text main.tf
resource "azuread_application" "portal" {
  display_name = "portal"
  fallback_public_client_enabled = false
}
```

## Fix
```text main.tf
fallback_public_client_enabled = false
```

## References
- Terraform AzureAD provider 3.0, azuread_application: https://registry.terraform.io/providers/hashicorp/azuread/3.0.0/docs/resources/application
- Microsoft Learn, OAuth 2.0 resource owner password credentials: https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azuread-public-client-flows",
    severity=LOW,
    control=Control.AUTHENTICATION,
    cwe=522,
    applies=of_type("azuread_application"),
)
def azuread_public_client_flows(resource: CloudResource) -> Iterator[Diagnostic]:
    name = "fallback_public_client_enabled"
    if known(resource.bool(name)):
        yield fail(f"{resource.address} may send users' passwords itself", at=resource.where(name), expected="false")
