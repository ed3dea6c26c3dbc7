"""Refresh tokens of a Keycloak realm can be used again and again.

## Why it matters
Whoever copies a refresh token gets new access tokens beside its owner, unnoticed, for as long as the session lives.
If each can be used only once, the second use ends the session of both.

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
  "revokeRefreshToken": false // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "revokeRefreshToken": true
}
```

## Fix
```json
"revokeRefreshToken": true,
"refreshTokenMaxReuse": 0
```

## References
- Keycloak 26, Server Administration Guide, Session and token timeouts (Revoke Refresh Token): https://www.keycloak.org/docs/26.0.0/server_admin/#_timeouts
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-refresh-token-reusable", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def keycloak_refresh_token_reusable(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if not known(realm.is_on("revokeRefreshToken")):
        yield fail(
            f"Refresh tokens of the realm {realm.name} can be used again and again",
            at=realm.where("revokeRefreshToken"),
            key=realm.name,
            expected='"revokeRefreshToken": true',
        )
