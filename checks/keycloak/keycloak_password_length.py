"""A realm of Keycloak accepts passwords of fewer than 12 characters.

## Why it matters
Short passwords are found by trying, and quickly once the database is copied. A realm without a rule takes one
character; the rule `length` without a number means 8.

## Bad: no rule at all
```json realm-export.json
{
  "realm": "clinic", // <-
  "enabled": true,
  "sslRequired": "external"
}
```

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "passwordPolicy": "length(8) and notUsername(undefined)" // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "passwordPolicy": "length(12) and notUsername(undefined)"
}
```

## Fix
```json
"passwordPolicy": "length(12) and notUsername(undefined) and passwordBlacklist(common.txt)"
```

## References
- Keycloak 26, Server Administration Guide, Password policies: https://www.keycloak.org/docs/26.0.0/server_admin/#_password-policies
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, whole_number
from auditor.technologies.keycloak import KeycloakRealm

_DEFAULT = 8
_ENOUGH = 12


@check("keycloak-password-length", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def keycloak_password_length(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    written = known(realm.policies).get("length")
    shortest = 0 if written is None else _DEFAULT if written in {"", "undefined"} else None
    if shortest is None and written is not None:
        shortest = whole_number(written)
    if shortest is None:
        yield not_evaluated("the length in the rules is no number")
    elif shortest < _ENOUGH:
        amount = f"of {shortest} characters" if shortest else "of any length"
        yield fail(
            f"The realm {realm.name} accepts passwords {amount}",
            at=realm.where("passwordPolicy"),
            key=realm.name,
            expected="length(12)",
        )
