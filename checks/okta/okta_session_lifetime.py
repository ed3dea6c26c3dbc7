"""Sessions of Okta stay open long after their users have left.

## Why it matters
Whoever sits down at a shared workstation is logged in as the one before, in all applications. A session may be idle
for two hours unless the rule says otherwise, and `session_lifetime = 0` means without end.

## Bad: the default
```text main.tf
resource "okta_policy_rule_signon" "staff" { # <-
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
}
```

## Bad: open for ever
```text main.tf
resource "okta_policy_rule_signon" "staff" {
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
  session_idle     = 30
  session_lifetime = 0 # <-
}
```

## Good
```text main.tf
resource "okta_policy_rule_signon" "staff" {
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
  session_idle     = 30
  session_lifetime = 720
}
```

## Good: nobody gets in
```text main.tf
resource "okta_policy_rule_signon" "staff" {
  name      = "staff"
  policy_id = okta_policy_signon.staff.id
  access = "DENY"
}
```

## Fix
```text main.tf
session_idle     = 30
session_lifetime = 720
```

## References
- Terraform Okta provider 4.14, okta_policy_rule_signon: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_rule_signon
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "okta-session-lifetime",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=613,
    applies=of_type("okta_policy_rule_signon"),
)
def okta_session_lifetime(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("access", default="ALLOW")) == "DENY":
        return
    if known(resource.text("status", default="ACTIVE")) != "ACTIVE":
        return
    idle = known(resource.number("session_idle", default=120))
    if idle > 60:
        yield fail(
            f"Sessions by {resource.address} stay open without use for {idle:g} minutes",
            at=resource.where("session_idle"),
            key="session_idle",
            expected="session_idle = 30",
        )
    lifetime = known(resource.number("session_lifetime", default=120))
    if lifetime == 0 or lifetime > 1440:
        lasts = f"for {lifetime:g} minutes" if lifetime else "without end"
        yield fail(
            f"Sessions by {resource.address} stay open {lasts}",
            at=resource.where("session_lifetime"),
            key="session_lifetime",
            expected="session_lifetime = 720",
        )
