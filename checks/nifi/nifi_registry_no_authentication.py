"""NiFi Registry serves its interface over HTTP, where everybody has every role.

## Why it matters
Over HTTP the registry asks nobody who he is. Whoever reaches it reads all versions of the flows and puts in one of his own,
which runs with the rights and connections of NiFi at the next update. HTTP on port 18080 is the default.

## Bad
```text nifi-registry.properties
nifi.registry.web.http.port=18080 # <-
nifi.registry.web.https.port=
```

## Bad: the default of the image
```yaml compose.yaml
services:
  registry:
    image: apache/nifi-registry:1.28.1 # <-
    ports: ["18080:18080"]
```

## Good
```text nifi-registry.properties
nifi.registry.web.http.port=
nifi.registry.web.https.host=registry.example.org
nifi.registry.web.https.port=18443
```

## Good: certificates
```yaml compose.yaml
services:
  registry:
    image: apache/nifi-registry:1.28.1
    ports: ["18443:18443"]
    environment:
      AUTH: tls
      KEYSTORE_PATH: /opt/certs/keystore.p12
      KEYSTORE_TYPE: PKCS12
      KEYSTORE_PASSWORD: ${KEYSTORE_PASSWORD}
      TRUSTSTORE_PATH: /opt/certs/truststore.p12
      TRUSTSTORE_TYPE: PKCS12
      TRUSTSTORE_PASSWORD: ${TRUSTSTORE_PASSWORD}
```

## Fix
```text
nifi.registry.web.http.port=
nifi.registry.web.https.host=registry.example.org
nifi.registry.web.https.port=18443
```

## References
- System Administrator's Guide, NiFi Registry 2.11, "Security Configuration":
  https://nifi.apache.org/docs/nifi-registry-docs/html/administration-guide.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFiRegistry

_PORT = "nifi.registry.web.http.port"


@check(
    "nifi-registry-no-authentication",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def nifi_registry_no_authentication(registry: NiFiRegistry) -> Iterator[Diagnostic]:
    if known(registry.is_plain):
        yield fail(
            f"Port {known(registry.text(_PORT))} lets everybody read and change all flows; {registry.exposure.reason}",
            at=registry.where(_PORT),
            severity=registry.exposure.scale(CRITICAL),
            expected="nifi.registry.web.https.port, and no nifi.registry.web.http.port",
        )
