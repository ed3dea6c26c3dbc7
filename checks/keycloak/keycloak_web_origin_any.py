"""Pages of every site may ask Keycloak for tokens of a client.

## Why it matters
With the web origin `*` Keycloak lets scripts of any site read its answers for this client: tokens and data of the user
who is logged in. `+` means the origins of the redirect addresses.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "redirectUris": ["https://portal.clinic.example/*"],
      "webOrigins": ["*"] // <-
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
      "redirectUris": ["https://portal.clinic.example/*"],
      "webOrigins": ["+"]
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
      "webOrigins": ["https://portal.clinic.example"]
    }
  ]
}
```

## Fix
```json
"webOrigins": ["https://portal.clinic.example"]
```

## References
- Keycloak 26, Server Administration Guide, Managing OpenID Connect clients (Web origins): https://www.keycloak.org/docs/26.0.0/server_admin/#_oidc_clients
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-web-origin-any", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def keycloak_web_origin_any(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    for client in realm.clients:
        for origin in client.texts("webOrigins"):
            if origin.text == "*":
                yield fail(
                    f"Pages of every site may ask for tokens of the client {client.name} of the realm {realm.name}",
                    at=origin.at,
                    key=f"{realm.name}/{client.name}",
                    expected='"webOrigins": ["+"]',
                )
