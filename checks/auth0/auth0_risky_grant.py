"""An application of Auth0 gets tokens in addresses, or collects passwords itself.

## Why it matters
The implicit grant hands tokens over in the browser's address, from where they get into histories and logs. With the
password grant the application sees every password, and no second factor applies.

## Bad
```text main.tf
resource "auth0_client" "portal" {
  name = "portal"
  grant_types = ["authorization_code", "implicit"] # <-
}
```

## Bad: passwords
```text main.tf
resource "auth0_client" "portal" {
  name = "portal"
  grant_types = ["password"] # <-
}
```

## Good
```text main.tf
resource "auth0_client" "portal" {
  name = "portal"
  grant_types = ["authorization_code", "refresh_token"]
}
```

## Fix
```text main.tf
grant_types = ["authorization_code"]
```

## References
- Terraform Auth0 provider 1.0, auth0_client: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/client
- RFC 9700, 2.1.2 and 2.4: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "auth0-risky-grant",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=522,
    applies=of_type("auth0_client"),
)
def auth0_risky_grant(resource: CloudResource) -> Iterator[Diagnostic]:
    granted = known(resource.texts("grant_types"))
    for name, does in (("implicit", "gets tokens in the browser's address"), ("password", "collects passwords itself")):
        if name in granted:
            at = resource.where("grant_types")
            yield fail(f"{resource.address} {does}", at=at, key=name, expected='["authorization_code"]')
