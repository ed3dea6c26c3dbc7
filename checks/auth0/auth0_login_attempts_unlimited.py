"""Auth0 lets passwords be tried without end.

## Why it matters
Auth0 stops an address after ten wrong passwords for an account unless that is switched off. Programs then try lists
of passwords until one fits.

## Bad
```text main.tf
resource "auth0_connection" "staff" {
  name     = "staff"
  strategy = "auth0"
  options {
    brute_force_protection = false # <-
  }
}
```

## Bad: for the whole tenant
```text main.tf
resource "auth0_attack_protection" "all" {
  brute_force_protection {
    enabled = false # <-
  }
}
```

## Good
```text main.tf
resource "auth0_connection" "staff" {
  name     = "staff"
  strategy = "auth0"
  options {
    brute_force_protection = true
  }
}
```

## Good: not said
```text main.tf
resource "auth0_attack_protection" "all" {
  breached_password_detection {
    enabled = true
  }
}
```

## Fix
```text main.tf
brute_force_protection = true
```

## References
- Terraform Auth0 provider 1.0, auth0_connection: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/connection
- Terraform Auth0 provider 1.0, auth0_attack_protection: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/attack_protection
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "auth0-login-attempts-unlimited",
    severity=HIGH,
    control=Control.PASSWORD_POLICY,
    cwe=307,
    applies=of_type("auth0_connection", "auth0_attack_protection"),
)
def auth0_login_attempts_unlimited(resource: CloudResource) -> Iterator[Diagnostic]:
    is_tenant = resource.type == "auth0_attack_protection"
    name = "brute_force_protection.enabled" if is_tenant else "options.brute_force_protection"
    if not known(resource.bool(name, default=True)):
        yield fail(
            f"With {resource.address} passwords can be tried without end", at=resource.where(name), expected="true"
        )
