"""NiFi Registry would refuse to start with this configuration.

## Why it matters
The registry stops at start: what it is protected by is then not what the files say, and an update or a restart ends in an
outage.

## Bad
```yaml compose.yaml
services:
  registry:
    image: apache/nifi-registry:1.28.1
    environment:
      AUTH: tls # <-
      KEYSTORE_PATH: /opt/certs/keystore.p12
      KEYSTORE_TYPE: PKCS12
```

## Bad: a file that the start script cannot replace
```yaml compose.yaml
services:
  registry:
    image: apache/nifi-registry:1.28.1
    volumes:
      - ./nifi-registry.properties:/opt/nifi-registry/nifi-registry-current/conf/nifi-registry.properties # <-
```
```text nifi-registry.properties
nifi.registry.web.https.port=18443
nifi.registry.web.http.port=
```

## Good
```text nifi-registry.properties
nifi.registry.web.https.port=18443
nifi.registry.web.http.port=
```

## Fix
Give the container every variable that the method of `AUTH` needs, and watch its output at the next start.

## References
- System Administrator's Guide, NiFi Registry 2.11, "Security Configuration":
  https://nifi.apache.org/docs/nifi-registry-docs/html/administration-guide.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.nifi import NiFiRegistry


@check(
    "nifi-registry-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def nifi_registry_refused_configuration(registry: NiFiRegistry) -> Iterator[Diagnostic]:
    for problem in registry.refused:
        yield fail(f"NiFi Registry would not start: {problem.message}", at=problem.at, key=problem.message)
