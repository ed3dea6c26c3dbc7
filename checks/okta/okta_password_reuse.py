"""A password policy of Okta lets users take their old password again.

## Why it matters
Somebody who must change a password that was seen by others changes it back, and whoever knows it gets in again.

## Bad: the default
```text main.tf
resource "okta_policy_password" "staff" { # <-
  name            = "staff"
  groups_included = [okta_group.staff.id]
}
```

## Good
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  password_history_count = 4
}
```

## Good: the default of the default policy
```text main.tf
resource "okta_policy_password_default" "all" {
}
```

## Fix
```text main.tf
password_history_count = 4
```

## References
- Terraform Okta provider 4.14, okta_policy_password: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_password
- Terraform Okta provider 4.14, okta_policy_password_default: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_password_default
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._policies import decides


@check(
    "okta-password-reuse",
    severity=LOW,
    control=Control.PASSWORD_POLICY,
    cwe=262,
    applies=of_type("okta_policy_password", "okta_policy_password_default"),
)
def okta_password_reuse(resource: CloudResource) -> Iterator[Diagnostic]:
    default = 4 if resource.type == "okta_policy_password_default" else 0
    if decides(resource) and known(resource.number("password_history_count", default=default)) == 0:
        at = resource.where("password_history_count")
        yield fail(
            f"{resource.address} lets users take their old password again", at=at, expected="password_history_count = 4"
        )
