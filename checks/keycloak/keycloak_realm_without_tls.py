"""A realm of Keycloak lets users log in without TLS.

## Why it matters
With `none` Keycloak serves log-ins and hands out tokens over plain HTTP to everybody. Anybody on the path reads
passwords and takes over sessions. The default `external` asks all clients for TLS but those of private addresses.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "sslRequired": "none" // <-
}
```

## Bad: in a container
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --import-realm --hostname=https://login.clinic.example --https-key-store-file=/run/tls/login.p12
    volumes: ["./clinic.json:/opt/keycloak/data/import/clinic.json:ro"]
```
```json clinic.json
{
  "realm": "clinic",
  "enabled": true,
  "sslRequired": "NONE" // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "sslRequired": "external"
}
```

## Good: the default
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "registrationAllowed": false
}
```

## Good: disabled, so that nobody logs in
```json realm-export.json
[
  {"realm": "old", "enabled": false, "sslRequired": "none"},
  {"realm": "clinic", "enabled": true, "sslRequired": "all"}
]
```

## Fix
```json
"sslRequired": "external"
```

## References
- Keycloak 26, Server Administration Guide, Configuring SSL for a realm: https://www.keycloak.org/docs/26.0.0/server_admin/#_ssl_modes
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-realm-without-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def keycloak_realm_without_tls(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if (known(realm.text("sslRequired")) or "").lower() == "none":
        yield fail(
            f"The realm {realm.name} lets users of any network log in without TLS",
            at=realm.where("sslRequired"),
            key=realm.name,
            expected='"sslRequired": "external"',
        )
