"""A sign-on rule of Okta lets users in with a password alone.

## Why it matters
A password that was guessed, phished or used elsewhere opens every application behind Okta. The rule asks for nothing
else unless it says so.

## Bad: the default
```text main.tf
resource "okta_policy_rule_signon" "staff" { # <-
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
}
```

## Bad
```text main.tf
resource "okta_policy_rule_signon" "staff" {
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
  mfa_required = false # <-
}
```

## Good
```text main.tf
resource "okta_policy_rule_signon" "staff" {
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
  mfa_required = true
  mfa_prompt   = "ALWAYS"
}
```

## Good: a sequence of factors
```text main.tf
resource "okta_policy_rule_signon" "staff" {
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
  access = "CHALLENGE"
  factor_sequence {
    primary_criteria_factor_type = "token:software:totp"
    primary_criteria_provider    = "OKTA"
  }
}
```

## Fix
```text main.tf
mfa_required = true
mfa_prompt   = "ALWAYS"
```

## References
- Terraform Okta provider 4.14, okta_policy_rule_signon: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_rule_signon
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "okta-second-factor-optional",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=308,
    applies=of_type("okta_policy_rule_signon"),
)
def okta_second_factor_optional(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("access", default="ALLOW")) != "ALLOW":
        return
    if known(resource.text("status", default="ACTIVE")) != "ACTIVE":
        return
    if not known(resource.bool("mfa_required")):
        at = resource.where("mfa_required")
        yield fail(f"{resource.address} lets users in with a password alone", at=at, expected="mfa_required = true")
