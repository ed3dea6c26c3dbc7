"""Applications collect passwords for Keycloak themselves.

## Why it matters
With direct access grants an application takes name and password of its users and hands them on. Every such
application sees the passwords, no second factor of the browser's log-in applies, and with a public client anybody can
try passwords without a page in between.

## Bad: a public client
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "publicClient": true,
      "directAccessGrantsEnabled": true // <-
    }
  ]
}
```

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "publicClient": false,
      "directAccessGrantsEnabled": true // <-
    }
  ]
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "publicClient": true,
      "directAccessGrantsEnabled": false
    }
  ]
}
```

## Good: Keycloak's own client of the command line
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {"clientId": "admin-cli", "publicClient": true, "directAccessGrantsEnabled": true}
  ]
}
```

## Fix
```json
"directAccessGrantsEnabled": false
```

## References
- Keycloak 26, Server Administration Guide, OpenID Connect, Resource owner password credentials grant: https://www.keycloak.org/docs/26.0.0/server_admin/#_oidc-auth-flows-direct
- RFC 9700, 2.4: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-password-grant", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=522)
def keycloak_password_grant(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    for client in realm.clients:
        if known(client.is_on("directAccessGrantsEnabled")):
            is_public = known(client.is_on("publicClient"))
            who = "anybody, in its name," if is_public else "it"
            yield fail(
                f"The client {client.name} of the realm {realm.name} may send users' passwords to Keycloak: {who} can try them",
                at=client.where("directAccessGrantsEnabled"),
                severity=MEDIUM if is_public else LOW,
                key=f"{realm.name}/{client.name}",
                expected='"directAccessGrantsEnabled": false',
            )
