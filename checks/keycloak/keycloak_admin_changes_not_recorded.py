"""Keycloak does not record who changes a realm.

## Why it matters
Administrators make users, hand out roles and change passwords. Without the events of the administration nobody can
say who gave whom access.

## Bad: the default
```json realm-export.json
{
  "realm": "clinic", // <-
  "enabled": true,
  "eventsEnabled": true
}
```

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "eventsEnabled": true,
  "adminEventsEnabled": false // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "eventsEnabled": false,
  "adminEventsEnabled": true
}
```

## Fix
```json
"adminEventsEnabled": true,
"adminEventsDetailsEnabled": true
```

## References
- Keycloak 26, Server Administration Guide, Auditing admin events: https://www.keycloak.org/docs/26.0.0/server_admin/#auditing-admin-events
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-admin-changes-not-recorded", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def keycloak_admin_changes_not_recorded(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if known(realm.is_on("adminEventsEnabled")):
        return
    if realm.has_other_listener:
        yield not_evaluated("a listener that is not one of Keycloak's own gets the events")
        return
    yield fail(
        f"What administrators change in the realm {realm.name} is not recorded",
        at=realm.where("adminEventsEnabled"),
        key=realm.name,
        expected='"adminEventsEnabled": true',
    )
