"""Keycloak does not record who logs in to a realm.

## Why it matters
Nobody can say afterwards who was logged in when, or from where. The listener `jboss-logging` writes successful
log-ins at the level `debug`, which servers do not log.

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
  "eventsEnabled": false, // <-
  "eventsListeners": ["jboss-logging"]
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "eventsEnabled": true
}
```

## Fix
```json
"eventsEnabled": true,
"eventsExpiration": 15552000
```

## References
- Keycloak 26, Server Administration Guide, Configuring auditing to track events: https://www.keycloak.org/docs/26.0.0/server_admin/#configuring-auditing-to-track-events
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-logins-not-recorded", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def keycloak_logins_not_recorded(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if known(realm.is_on("eventsEnabled")):
        return
    if realm.has_other_listener:
        yield not_evaluated("a listener that is not one of Keycloak's own gets the events")
        return
    yield fail(
        f"Log-ins to the realm {realm.name} are not recorded",
        at=realm.where("eventsEnabled"),
        key=realm.name,
        expected='"eventsEnabled": true',
    )
