"""A password policy of Okta lets passwords be tried without end.

## Why it matters
Okta locks an account after ten wrong passwords unless the policy says otherwise; 0 means never. Programs then try
lists of passwords until one fits.

## Bad
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  password_max_lockout_attempts = 0 # <-
}
```

## Good
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  password_max_lockout_attempts = 5
}
```

## Good: the default
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
}
```

## Fix
```text main.tf
password_max_lockout_attempts = 10
```

## References
- Terraform Okta provider 4.14, okta_policy_password: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_password
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._policies import decides


@check(
    "okta-login-attempts-unlimited",
    severity=HIGH,
    control=Control.PASSWORD_POLICY,
    cwe=307,
    applies=of_type("okta_policy_password", "okta_policy_password_default"),
)
def okta_login_attempts_unlimited(resource: CloudResource) -> Iterator[Diagnostic]:
    if decides(resource) and known(resource.number("password_max_lockout_attempts", default=10)) == 0:
        at = resource.where("password_max_lockout_attempts")
        yield fail(f"With {resource.address} passwords can be tried without end", at=at, expected="10")
