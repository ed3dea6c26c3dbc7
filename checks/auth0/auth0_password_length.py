"""A database connection of Auth0 accepts passwords of fewer than 12 characters.

## Why it matters
Short passwords are found by trying. None of Auth0's policies asks for 12 characters by itself; the strictest asks for
ten.

## Bad
```text main.tf
resource "auth0_connection" "staff" {
  name     = "staff"
  strategy = "auth0"
  options {
    password_policy = "good" # <-
  }
}
```

## Bad
```text main.tf
resource "auth0_connection" "staff" {
  name     = "staff"
  strategy = "auth0"
  options {
    password_policy = "good"
    password_complexity_options {
      min_length = 8 # <-
    }
  }
}
```

## Good
```text main.tf
resource "auth0_connection" "staff" {
  name     = "staff"
  strategy = "auth0"
  options {
    password_policy = "good"
    password_complexity_options {
      min_length = 12
    }
  }
}
```

## Good: no passwords of its own
```text main.tf
resource "auth0_connection" "staff" {
  name     = "staff"
  strategy = "samlp"
}
```

## Fix
```text main.tf
password_complexity_options {
  min_length = 12
}
```

## References
- Terraform Auth0 provider 1.0, auth0_connection: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/connection
- Auth0, Password strength: https://auth0.com/docs/authenticate/database-connections/password-strength
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "auth0-password-length",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=521,
    applies=of_type("auth0_connection"),
)
def auth0_password_length(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("strategy")) != "auth0":
        return
    name = "options.password_complexity_options.min_length"
    if known(resource.number(name)) < 12:
        explicit = known(resource.has(name))
        yield fail(
            f"{resource.address} accepts passwords of fewer than 12 characters",
            at=resource.where(name if explicit else "options.password_policy"),
            expected="min_length = 12",
        )
