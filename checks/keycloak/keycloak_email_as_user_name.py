"""Users of a Keycloak realm are known by their e-mail address.

## Why it matters
An e-mail address is known to many and the same everywhere, so that half of every log-in is given away, and it goes as
`preferred_username` into tokens and logs, where it names a patient or a clinician.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "registrationEmailAsUsername": true // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "registrationEmailAsUsername": false
}
```

## Fix
```json
"registrationEmailAsUsername": false
```

## References
- Keycloak 26, Server Administration Guide, Controlling login options (Email as username): https://www.keycloak.org/docs/26.0.0/server_admin/#controlling-login-options
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-email-as-user-name", severity=LOW, control=Control.PHI_EXPOSURE, cwe=359)
def keycloak_email_as_user_name(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if known(realm.is_on("registrationEmailAsUsername")):
        yield fail(
            f"The user names of the realm {realm.name} are e-mail addresses",
            at=realm.where("registrationEmailAsUsername"),
            key=realm.name,
            expected='"registrationEmailAsUsername": false',
        )
