"""Anybody can make an account in a Keycloak realm, with any e-mail address.

## Why it matters
Every application of the realm gets users that nobody has let in. Where the address is not verified, somebody
registers with a colleague's, and applications that know people by their address take him for her.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "registrationAllowed": true, // <-
  "verifyEmail": false
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "registrationAllowed": false
}
```

## Good: addresses are verified
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "registrationAllowed": true,
  "verifyEmail": true
}
```

## Fix
```json
"registrationAllowed": false
```

or, where patients register themselves:

```json
"verifyEmail": true
```

## References
- Keycloak 26, Server Administration Guide, Enabling self-registration: https://www.keycloak.org/docs/26.0.0/server_admin/#con-user-registration_server_administration_guide
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-open-sign-up", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=287)
def keycloak_open_sign_up(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if known(realm.is_on("registrationAllowed")) and not known(realm.is_on("verifyEmail")):
        yield fail(
            f"Anybody can make an account in the realm {realm.name} with an e-mail address that is not verified",
            at=realm.where("registrationAllowed"),
            key=realm.name,
            expected='"registrationAllowed": false',
        )
