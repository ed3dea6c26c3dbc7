"""Keycloak sends codes and tokens of a client over plain HTTP.

## Why it matters
The code in the address is as good as a log-in. On the way to an `http` address anybody on the path reads it.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "redirectUris": ["http://portal.clinic.example/*"] // <-
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

## Good: the user's own machine
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "redirectUris": ["http://localhost:3000/*", "http://127.0.0.1:8080/callback"]
    }
  ]
}
```

## Fix
```json
"redirectUris": ["https://portal.clinic.example/*"]
```

## References
- RFC 9700, 2.6 and 4.1: https://www.rfc-editor.org/rfc/rfc9700
- Keycloak 26, Server Administration Guide, Managing OpenID Connect clients (Valid redirect URIs): https://www.keycloak.org/docs/26.0.0/server_admin/#_oidc_clients
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, lazy, not_evaluated
from auditor.technologies.keycloak import KeycloakRealm

_HOST = lazy(r"http://(?P<host>\[[^\]]*\]|[^/:?#]+)", re.IGNORECASE)
_LOCAL = frozenset({"localhost", "::1", "10.0.2.2"})
"""The user's own machine; the last is what emulators of phones call it."""


@check(
    "keycloak-redirect-http",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=319,
)
def keycloak_redirect_http(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    for client in realm.clients:
        if not known(client.redirects):
            continue
        for address in client.texts("redirectUris"):
            host = _HOST.match(address.text)
            if host is None or host["host"].strip("[]").lower() in _LOCAL or host["host"].startswith("127."):
                continue
            if "${" in host["host"]:
                yield not_evaluated("a host name is filled in when the realm is imported")
            elif host["host"] != "*":
                yield fail(
                    f"The client {client.name} of the realm {realm.name} gets its codes at {host['host']} without TLS",
                    at=address.at,
                    key=f"{realm.name}/{client.name}/{host['host']}",
                    expected="an https address",
                )
