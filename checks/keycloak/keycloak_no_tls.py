"""Keycloak serves clients of other hosts without TLS.

## Why it matters
Passwords, codes and tokens of all applications cross the network readable. A proxy that speaks TLS protects the way
to it only, unless Keycloak can be reached by nothing but the proxy.

## Bad
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start
    ports: ["8080:8080"]
    environment:
      KC_HOSTNAME: login.clinic.example
      KC_HTTP_ENABLED: "true"  # <-
```

## Bad: the proxy of versions before 26
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:23.0
    command: start --proxy=edge --hostname=login.clinic.example  # <-
    ports: ["8080:8080"]
```

## Bad: by keycloak.conf
```text keycloak.conf
hostname=login.clinic.example
http-enabled=true # <-
```

## Good
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start
    ports: ["8443:8443"]
    environment:
      KC_HOSTNAME: login.clinic.example
      KC_HTTPS_CERTIFICATE_FILE: /run/tls/tls.crt
      KC_HTTPS_CERTIFICATE_KEY_FILE: /run/tls/tls.key
```

## Good: the option that 26 has no more
```yaml compose.yaml
services:
  login:
    image: quay.io/keycloak/keycloak:26.0
    command: start --hostname=login.clinic.example --https-certificate-file=/run/tls/tls.crt
    ports: ["8443:8443"]
    environment:
      KC_PROXY: edge
```

## Good: reachable from the same host only
```text keycloak.conf
hostname=https://login.clinic.example
http-enabled=true
http-host=127.0.0.1
```

## Fix
```text
https-certificate-file=/etc/keycloak/tls/tls.crt
https-certificate-key-file=/etc/keycloak/tls/tls.key
```

## References
- Keycloak 26, Configuring TLS: https://www.keycloak.org/server/enabletls
- Keycloak 26, Configuring a reverse proxy: https://www.keycloak.org/server/reverseproxy
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import Keycloak


@check("keycloak-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def keycloak_no_tls(keycloak: Keycloak) -> Iterator[Diagnostic]:
    exposure = keycloak.clear_exposure.in_clear
    if exposure.is_loopback or not known(keycloak.takes_http):
        return
    severity = exposure.scale(HIGH)
    decisive = "proxy" if keycloak.settings.is_explicit("proxy") else "http-enabled"
    at = keycloak.start_at if keycloak.is_development else keycloak.where(decisive)
    yield fail(
        f"Keycloak serves {'its proxy and others' if keycloak.is_behind_proxy else 'clients'} without TLS; {exposure.reason}",
        at=at,
        severity=severity.lowered(1) if keycloak.is_behind_proxy else severity,
        expected="https-certificate-file, and http-enabled=false",
    )
