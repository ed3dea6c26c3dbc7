"""A password policy of Okta accepts passwords of fewer than 12 characters.

## Why it matters
Short passwords are found by trying. The default is eight characters.

## Bad: the default
```text main.tf
resource "okta_policy_password" "staff" { # <-
  name            = "staff"
  groups_included = [okta_group.staff.id]
}
```

## Bad
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  password_min_length = 10 # <-
}
```

## Bad: everybody else
```text main.tf
resource "okta_policy_password_default" "all" { # <-
}
```

## Good
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  password_min_length = 12
}
```

## Good: a directory decides
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  auth_provider = "ACTIVE_DIRECTORY"
}
```

## Good: not in force
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  status = "INACTIVE"
}
```

## Fix
```text main.tf
password_min_length = 12
```

## References
- Terraform Okta provider 4.14, okta_policy_password: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_password
- Terraform Okta provider 4.14, okta_policy_password_default: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_password_default
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._policies import decides


@check(
    "okta-password-length",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=521,
    applies=of_type("okta_policy_password", "okta_policy_password_default"),
)
def okta_password_length(resource: CloudResource) -> Iterator[Diagnostic]:
    if not decides(resource):
        return
    length = known(resource.number("password_min_length", default=8))
    if length < 12:
        yield fail(
            f"{resource.address} accepts passwords of {length:g} characters",
            at=resource.where("password_min_length"),
            expected="password_min_length = 12",
        )
