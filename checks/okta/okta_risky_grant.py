"""An application of Okta gets tokens in addresses, or collects passwords itself.

## Why it matters
The implicit grant hands tokens over in the browser's address, from where they get into histories and logs. With the
password grant the application sees every password, and no second factor applies.

## Bad
```text main.tf
resource "okta_app_oauth" "portal" {
  label = "portal"
  type  = "web"
  grant_types = ["authorization_code", "implicit"] # <-
}
```

## Bad: passwords
```text main.tf
resource "okta_app_oauth" "portal" {
  label = "portal"
  type  = "web"
  grant_types = ["password"] # <-
}
```

## Good
```text main.tf
resource "okta_app_oauth" "portal" {
  label = "portal"
  type  = "web"
  grant_types = ["authorization_code", "refresh_token"]
}
```

## Fix
```text main.tf
grant_types = ["authorization_code"]
```

## References
- Terraform Okta provider 4.14, okta_app_oauth: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/app_oauth
- RFC 9700, 2.1.2 and 2.4: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "okta-risky-grant",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=522,
    applies=of_type("okta_app_oauth"),
)
def okta_risky_grant(resource: CloudResource) -> Iterator[Diagnostic]:
    granted = known(resource.texts("grant_types"))
    for name, does in (("implicit", "gets tokens in the browser's address"), ("password", "collects passwords itself")):
        if name in granted:
            at = resource.where("grant_types")
            yield fail(f"{resource.address} {does}", at=at, key=name, expected='["authorization_code"]')
