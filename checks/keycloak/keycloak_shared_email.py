"""Several users of a Keycloak realm may have one e-mail address.

## Why it matters
An address no longer says who somebody is. Applications that know their users by it mix them up, and whoever reads a
shared mailbox can set the password of the others.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "loginWithEmailAllowed": false,
  "duplicateEmailsAllowed": true // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "duplicateEmailsAllowed": false
}
```

## Fix
```json
"duplicateEmailsAllowed": false
```

## References
- Keycloak 26, Server Administration Guide, Controlling login options (Duplicate emails): https://www.keycloak.org/docs/26.0.0/server_admin/#controlling-login-options
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-shared-email", severity=LOW, control=Control.AUTHENTICATION, cwe=694)
def keycloak_shared_email(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if known(realm.is_on("duplicateEmailsAllowed")):
        yield fail(
            f"Several users of the realm {realm.name} may have one e-mail address",
            at=realm.where("duplicateEmailsAllowed"),
            key=realm.name,
            expected='"duplicateEmailsAllowed": false',
        )
