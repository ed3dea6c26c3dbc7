"""A realm of Keycloak lets passwords be tried without end.

## Why it matters
Keycloak locks a user for a while after wrong passwords only if the realm says so; it is off by default. Programs try
lists of passwords until one fits.

## Bad: the default
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
  "bruteForceProtected": false // <-
}
```

## Bad: after a hundred attempts
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "bruteForceProtected": true,
  "failureFactor": 100 // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "bruteForceProtected": true,
  "failureFactor": 10
}
```

## Fix
```json
"bruteForceProtected": true,
"failureFactor": 10
```

## References
- Keycloak 26, Server Administration Guide, Mitigating security threats, Brute force attacks: https://www.keycloak.org/docs/26.0.0/server_admin/#password-guess-brute-force-attacks
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm

_MANY = 30
"""The default."""


@check("keycloak-login-attempts-unlimited", severity=HIGH, control=Control.PASSWORD_POLICY, cwe=307)
def keycloak_login_attempts_unlimited(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if not known(realm.is_on("bruteForceProtected")):
        yield fail(
            f"Passwords of the realm {realm.name} can be tried without end",
            at=realm.where("bruteForceProtected"),
            key=realm.name,
            expected='"bruteForceProtected": true',
        )
    elif known(realm.seconds("failureFactor")) > _MANY:
        yield fail(
            f"The realm {realm.name} locks a user after more than {_MANY} wrong passwords only",
            at=realm.where("failureFactor"),
            severity=LOW,
            key=realm.name,
            expected='"failureFactor": 10',
        )
