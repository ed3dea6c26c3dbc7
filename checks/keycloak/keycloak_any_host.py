"""Keycloak makes links with the host name that the client sends.

## Why it matters
The link in a mail for a new password begins with the name that the request came with. Whoever asks for a new password
of somebody else with a name of his own gets the link to his site once it is clicked. Behind a proxy the name is what
the proxy sends on.

## Bad
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname-strict=false  # <-
    ports: ["8080:8080"]
    environment:
      KC_HTTP_ENABLED: "true"
```

## Bad: in development
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start-dev  # <-
    ports: ["8080:8080"]
```

## Good
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=https://login.clinic.example
    ports: ["8080:8080"]
    environment:
      KC_HTTP_ENABLED: "true"
```

## Good: a name is set, so that it does not count
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=https://login.clinic.example --hostname-strict=false
    ports: ["8080:8080"]
    environment:
      KC_HTTP_ENABLED: "true"
```

## Fix
```yaml
KC_HOSTNAME: https://login.clinic.example
```

## References
- Keycloak 26, Configuring the hostname, The importance of setting the hostname option: https://www.keycloak.org/server/hostname
- Keycloak 26, Server Administration Guide, Mitigating security threats, Host: https://www.keycloak.org/docs/26.0.0/server_admin/#host
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import Keycloak


@check("keycloak-any-host", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=644)
def keycloak_any_host(keycloak: Keycloak) -> Iterator[Diagnostic]:
    if known(keycloak.takes_any_host):
        explicit = keycloak.settings.is_explicit("hostname-strict")
        yield fail(
            "Links, also those for new passwords, are made with the host name that a client sends",
            at=keycloak.where("hostname-strict") if explicit else keycloak.start_at,
            severity=keycloak.exposure.scale(MEDIUM),
            expected="hostname=https://login.clinic.example",
        )
