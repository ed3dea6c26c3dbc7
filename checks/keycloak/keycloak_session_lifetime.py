"""Sessions of a Keycloak realm stay open long after their users have left.

## Why it matters
Whoever sits down at a shared workstation is logged in as the one before, in all applications of the realm, until the
session has been idle or open for long enough. Remembered sessions have spans of their own.

## Bad: without use for a day
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "ssoSessionIdleTimeout": 86400 // <-
}
```

## Bad: open for a month
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "ssoSessionMaxLifespan": 2592000 // <-
}
```

## Bad: remembered for a month
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "rememberMe": true,
  "ssoSessionMaxLifespanRememberMe": 2592000 // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "ssoSessionIdleTimeout": 1800,
  "ssoSessionMaxLifespan": 36000
}
```

## Good: nobody is remembered
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "rememberMe": false,
  "ssoSessionMaxLifespanRememberMe": 2592000
}
```

## Fix
```json
"ssoSessionIdleTimeout": 1800,
"ssoSessionMaxLifespan": 36000
```

## References
- Keycloak 26, Server Administration Guide, Session and token timeouts: https://www.keycloak.org/docs/26.0.0/server_admin/#_timeouts
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, span_words
from auditor.technologies.keycloak import KeycloakRealm

_LONGEST_IDLE = 3600
_LONGEST = 86400


@check("keycloak-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def keycloak_session_lifetime(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    names = ["ssoSessionIdleTimeout", "ssoSessionMaxLifespan"]
    if known(realm.is_on("rememberMe")):
        names += ["ssoSessionIdleTimeoutRememberMe", "ssoSessionMaxLifespanRememberMe"]
    for name in names:
        is_idle = "Idle" in name
        seconds = known(realm.seconds(name))
        if seconds > (_LONGEST_IDLE if is_idle else _LONGEST):
            kind = "Remembered sessions" if name.endswith("RememberMe") else "Sessions"
            stay = "stay open without use" if is_idle else "stay open"
            yield fail(
                f"{kind} of the realm {realm.name} {stay} for {span_words(seconds)}",
                at=realm.where(name),
                key=f"{realm.name}/{name}",
                expected=f'"{name}": {1800 if is_idle else 36000}',
            )
