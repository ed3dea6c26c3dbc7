"""A public client of Keycloak needs no proof for its codes.

## Why it matters
A public client has no secret, so that whoever catches its code, by another app on the phone or a page that it is sent
to, can turn it into tokens. With PKCE only the one who asked for the code can.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal", // <-
      "publicClient": true,
      "redirectUris": ["https://portal.clinic.example/*"]
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
      "redirectUris": ["https://portal.clinic.example/*"],
      "attributes": {"pkce.code.challenge.method": "S256"}
    }
  ]
}
```

## Good: a client with a secret
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "publicClient": false,
      "redirectUris": ["https://portal.clinic.example/*"]
    }
  ]
}
```

## Fix
```json
"attributes": {"pkce.code.challenge.method": "S256"}
```

## References
- RFC 9700, 2.1.1: https://www.rfc-editor.org/rfc/rfc9700
- Keycloak 26, Server Administration Guide, Managing OpenID Connect clients, Advanced settings (Proof Key for Code Exchange): https://www.keycloak.org/docs/26.0.0/server_admin/#_oidc_clients
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-client-without-pkce", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=345)
def keycloak_client_without_pkce(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    for client in realm.clients:
        if not known(client.is_on("publicClient")) or not known(client.is_on("standardFlowEnabled", default=True)):
            continue
        if known(client.attribute("pkce.code.challenge.method")) != "S256":
            yield fail(
                f"The public client {client.name} of the realm {realm.name} gets tokens for a code without proof",
                at=client.at,
                key=f"{realm.name}/{client.name}",
                expected='"pkce.code.challenge.method": "S256"',
            )
