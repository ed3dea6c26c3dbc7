"""Keycloak runs in development mode.

## Why it matters
`start-dev` is for trying things out: Keycloak serves plain HTTP, makes links with whatever host name a client sends,
caches nothing, and keeps users in a database file of the container unless another one is named.

## Bad
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start-dev  # <-
    ports: ["8080:8080"]
```

## Bad: as a list
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: ["start-dev", "--import-realm"]  # <-
    ports: ["8080:8080"]
```

## Good
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=https://login.clinic.example --https-certificate-file=/run/tls/tls.crt
    ports: ["8443:8443"]
```

## Good: only to build the image
```dockerfile Dockerfile
FROM quay.io/keycloak/keycloak:26.0
ENV KC_DB=postgres KC_HTTPS_CERTIFICATE_FILE=/run/tls/tls.crt KC_HTTPS_CERTIFICATE_KEY_FILE=/run/tls/tls.key
RUN /opt/keycloak/bin/kc.sh build
ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]
CMD ["start", "--optimized", "--hostname=https://login.clinic.example"]
```

## Fix
```yaml
command: start --hostname=https://login.clinic.example
```

## References
- Keycloak 26, Configuring Keycloak, Starting Keycloak in development mode: https://www.keycloak.org/server/configuration
- Keycloak 26, Configuring Keycloak for production: https://www.keycloak.org/server/configuration-production
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.keycloak import Keycloak


@check("keycloak-development-mode", severity=HIGH, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def keycloak_development_mode(keycloak: Keycloak) -> Iterator[Diagnostic]:
    if keycloak.is_development:
        yield fail(
            f"Keycloak is started by start-dev; {keycloak.exposure.reason}",
            at=keycloak.start_at,
            severity=keycloak.exposure.scale(HIGH),
            expected="start",
        )
