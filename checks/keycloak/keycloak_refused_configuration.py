"""Keycloak would refuse to start with this configuration.

## Why it matters
Nobody can log in to any application until it is mended. Whatever is running now runs with something else, and the next
restart fails. The server's other settings are not judged.

## Bad: neither a certificate nor HTTP
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=https://login.clinic.example  # <-
```

## Bad: no host name
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start  # <-
    environment:
      KC_HTTP_ENABLED: "true"
```

## Good
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=https://login.clinic.example
    environment:
      KC_HTTPS_CERTIFICATE_FILE: /run/tls/tls.crt
      KC_HTTPS_CERTIFICATE_KEY_FILE: /run/tls/tls.key
```

## Good: before 26 `proxy=edge` switches HTTP on
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:23.0
    command: start --proxy=edge --hostname=login.clinic.example
```

## Good: a key store where Keycloak looks for it
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=https://login.clinic.example
    volumes: ["./server.keystore:/opt/keycloak/conf/server.keystore:ro"]
```

## Fix
```yaml
environment:
  KC_HOSTNAME: https://login.clinic.example
  KC_HTTPS_CERTIFICATE_FILE: /run/tls/tls.crt
  KC_HTTPS_CERTIFICATE_KEY_FILE: /run/tls/tls.key
```

## References
- Keycloak 26, Configuring Keycloak for production: https://www.keycloak.org/server/configuration-production
- Keycloak 26, Configuring the hostname, Validations: https://www.keycloak.org/server/hostname
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.keycloak import Keycloak


@check(
    "keycloak-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def keycloak_refused_configuration(keycloak: Keycloak) -> Iterator[Diagnostic]:
    for problem in keycloak.refused:
        yield fail(f"Keycloak would refuse to start: {problem.message}", at=problem.at, key=problem.message)
