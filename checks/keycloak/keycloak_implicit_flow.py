"""Keycloak puts access tokens of a client into addresses.

## Why it matters
The implicit flow hands the token over in the browser's address, from where it gets into histories, logs and the
`Referer` of other pages. It has no refresh tokens and no proof that the receiver asked.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "publicClient": true,
      "implicitFlowEnabled": true // <-
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
      "implicitFlowEnabled": false
    }
  ]
}
```

## Fix
Use the standard flow with PKCE:

```json
"standardFlowEnabled": true,
"implicitFlowEnabled": false
```

## References
- RFC 9700, 2.1.2: https://www.rfc-editor.org/rfc/rfc9700
- Keycloak 26, Server Administration Guide, OpenID Connect, Implicit flow: https://www.keycloak.org/docs/26.0.0/server_admin/#_oidc-auth-flows-implicit
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-implicit-flow", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=598)
def keycloak_implicit_flow(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    for client in realm.clients:
        if known(client.is_on("implicitFlowEnabled")):
            yield fail(
                f"The client {client.name} of the realm {realm.name} gets access tokens in the browser's address",
                at=client.where("implicitFlowEnabled"),
                key=f"{realm.name}/{client.name}",
                expected='"implicitFlowEnabled": false',
            )
