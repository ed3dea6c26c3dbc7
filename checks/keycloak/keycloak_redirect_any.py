"""Keycloak sends codes and tokens of a client to any site.

## Why it matters
After the log-in Keycloak sends the browser back to an address that the request names, if the client allows it. With
`*` a link from anybody leads through the real log-in page to the attacker's site, with the code in hand. A star
behind a host name without a slash fits other hosts too: `https://portal.clinic.example*` allows
`https://portal.clinic.example.attacker.test`.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "redirectUris": ["*"] // <-
    }
  ]
}
```

## Bad: any host that begins like this
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "redirectUris": ["https://portal.clinic.example*"] // <-
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
      "redirectUris": ["https://portal.clinic.example/*"]
    }
  ]
}
```

## Good: a client that nobody is sent back to
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "standardFlowEnabled": false,
      "serviceAccountsEnabled": true,
      "redirectUris": ["*"]
    }
  ]
}
```

## Fix
```json
"redirectUris": ["https://portal.clinic.example/callback"]
```

## References
- Keycloak 26, Server Administration Guide, Mitigating security threats, Unspecific redirect URIs: https://www.keycloak.org/docs/26.0.0/server_admin/#unspecific-redirect-uris
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.keycloak import KeycloakRealm

_ANY = lazy(r"\*|https?(?::(?://?)?)?\*|https?://[^/*?#$]+\*")


@check("keycloak-redirect-any", severity=HIGH, control=Control.SESSION_MANAGEMENT, cwe=601)
def keycloak_redirect_any(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    for client in realm.clients:
        open_ = [address for address in client.texts("redirectUris") if _ANY.fullmatch(address.text)]
        if not open_:
            continue
        if known(client.redirects):
            hosts = "any site" if "//" not in open_[0].text or open_[0].text.endswith("//*") else "hosts of others"
            yield fail(
                f"The client {client.name} of the realm {realm.name} may have browsers sent to {hosts}",
                at=open_[0].at,
                key=f"{realm.name}/{client.name}",
                expected="whole addresses, or a path with a star behind the host name and a slash",
            )
