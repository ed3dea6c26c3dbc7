"""A password alone opens the applications of an Auth0 tenant.

## Why it matters
A password that was guessed, phished or used elsewhere opens every application of the tenant. With `never` nobody is
asked for more.

## Bad
```text main.tf
resource "auth0_guardian" "all" {
  policy = "never" # <-
  otp    = true
}
```

## Good
```text main.tf
resource "auth0_guardian" "all" {
  policy = "all-applications"
  otp    = true
}
```

## Fix
```text main.tf
policy = "all-applications"
```

## References
- Terraform Auth0 provider 1.0, auth0_guardian: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/guardian
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "auth0-second-factor-optional",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=308,
    applies=of_type("auth0_guardian"),
)
def auth0_second_factor_optional(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("policy")) == "never":
        yield fail(
            f"{resource.address} asks nobody for a second factor",
            at=resource.where("policy"),
            expected='"all-applications"',
        )
