"""Access tokens of a Keycloak realm are valid for long.

## Why it matters
An access token cannot be taken back: applications trust its signature until it runs out. Keycloak's default is five
minutes; a client can have a span of its own.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "accessTokenLifespan": 86400 // <-
}
```

## Bad: for one client
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "clients": [
    {
      "clientId": "portal",
      "publicClient": false,
      "attributes": {"access.token.lifespan": "43200"} // <-
    }
  ]
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "accessTokenLifespan": 900
}
```

## Good: the default
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "sslRequired": "external",
  "clients": [
    {
      "clientId": "portal",
      "publicClient": false,
      "attributes": {"access.token.lifespan": "600"}
    }
  ]
}
```

## Fix
```json
"accessTokenLifespan": 300
```

## References
- Keycloak 26, Server Administration Guide, Session and token timeouts: https://www.keycloak.org/docs/26.0.0/server_admin/#_timeouts
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Severity, check, fail, known, span_words, whole_number
from auditor.technologies.keycloak import KeycloakRealm

_LONGEST = 3600
_DAY = 86400


@check("keycloak-token-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def keycloak_token_lifetime(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    seconds = known(realm.seconds("accessTokenLifespan"))
    if seconds > _LONGEST:
        yield fail(
            f"Access tokens of the realm {realm.name} are valid for {span_words(seconds)}",
            at=realm.where("accessTokenLifespan"),
            severity=_severity(seconds),
            key=realm.name,
            expected='"accessTokenLifespan": 300',
        )
    for client in realm.clients:
        lifespan = whole_number(known(client.attribute("access.token.lifespan")))
        if lifespan is not None and lifespan > _LONGEST:
            yield fail(
                f"Access tokens of the client {client.name} are valid for {span_words(lifespan)}",
                at=client.where("attributes", "access.token.lifespan"),
                severity=_severity(lifespan),
                key=f"{realm.name}/{client.name}",
                expected='"access.token.lifespan": "300"',
            )


def _severity(seconds: int) -> Severity:
    return HIGH if seconds > _DAY else MEDIUM
