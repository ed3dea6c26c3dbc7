"""Entra ID puts access tokens of an application into addresses.

## Why it matters
The implicit grant hands the token over in the browser's address, from where it gets into histories, logs and the
`Referer` of other pages.

## Bad
```text main.tf
resource "azuread_application" "portal" {
  display_name = "portal"
  web {
    implicit_grant {
      access_token_issuance_enabled = true # <-
    }
  }
}
```

## Good
```text main.tf
resource "azuread_application" "portal" {
  display_name = "portal"
  single_page_application {
    redirect_uris = ["https://portal.clinic.example/"]
  }
}
```

## Good: only the ID token
```text main.tf
resource "azuread_application" "portal" {
  display_name = "portal"
  web {
    implicit_grant {
      id_token_issuance_enabled = true
    }
  }
}
```

## Fix
```text main.tf
web {
  implicit_grant {
    access_token_issuance_enabled = false
  }
}
```

## References
- Terraform AzureAD provider 3.0, azuread_application: https://registry.terraform.io/providers/hashicorp/azuread/3.0.0/docs/resources/application
- RFC 9700, 2.1.2: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azuread-implicit-grant",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=598,
    applies=of_type("azuread_application"),
)
def azuread_implicit_grant(resource: CloudResource) -> Iterator[Diagnostic]:
    name = "web.implicit_grant.access_token_issuance_enabled"
    if known(resource.bool(name)):
        yield fail(
            f"{resource.address} gets access tokens in the browser's address", at=resource.where(name), expected="false"
        )
