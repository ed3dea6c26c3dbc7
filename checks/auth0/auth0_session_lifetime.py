"""Sessions of Auth0 stay open long after their users have left.

## Why it matters
Whoever sits down at a shared workstation is logged in as the one before, in all applications of the tenant. The
values are hours.

## Bad
```text main.tf
resource "auth0_tenant" "clinic" {
  session_lifetime      = 720 # <-
  idle_session_lifetime = 72 # <-
}
```

## Good
```text main.tf
resource "auth0_tenant" "clinic" {
  session_lifetime      = 12
  idle_session_lifetime = 1
}
```

## Fix
```text main.tf
session_lifetime      = 12
idle_session_lifetime = 1
```

## References
- Terraform Auth0 provider 1.0, auth0_tenant: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/tenant
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "auth0-session-lifetime",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=613,
    applies=of_type("auth0_tenant"),
)
def auth0_session_lifetime(resource: CloudResource) -> Iterator[Diagnostic]:
    for name, longest, lasts in (
        ("session_lifetime", 24, "stay open"),
        ("idle_session_lifetime", 1, "stay open without use"),
    ):
        hours = known(resource.number(name))
        if hours > longest:
            at = resource.where(name)
            yield fail(
                f"Sessions of {resource.address} {lasts} for {hours:g} hours",
                at=at,
                key=name,
                expected=f"{name} = {longest}",
            )
