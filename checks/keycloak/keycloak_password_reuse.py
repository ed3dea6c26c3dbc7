"""A realm of Keycloak lets users take their old password again.

## Why it matters
Somebody who must change a password that was seen by others changes it back, and whoever knows it gets in again.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "passwordPolicy": "length(12)" // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "passwordPolicy": "length(12) and passwordHistory(5)"
}
```

## Fix
```json
"passwordPolicy": "length(12) and passwordHistory(5)"
```

## References
- Keycloak 26, Server Administration Guide, Password policies (Not Recently Used): https://www.keycloak.org/docs/26.0.0/server_admin/#_password-policies
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-password-reuse", severity=LOW, control=Control.PASSWORD_POLICY, cwe=262)
def keycloak_password_reuse(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if "passwordHistory" not in known(realm.policies):
        yield fail(
            f"Users of the realm {realm.name} may take their old password again",
            at=realm.where("passwordPolicy"),
            key=realm.name,
            expected="passwordHistory(5)",
        )
