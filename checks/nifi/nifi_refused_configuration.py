"""NiFi would refuse to start with this configuration.

## Why it matters
NiFi stops at start when its files contradict each other: what the server is protected by is then not what they say, and
an update or a restart ends in an outage.

## Bad: both ports
```text nifi.properties
nifi.web.http.port=8080 # <-
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```

## Bad: two values of one key
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.web.proxy.host=a.example.org
nifi.web.proxy.host=b.example.org # <-
```

## Bad: a cluster without a shared key
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.28.1
    environment:
      NIFI_CLUSTER_IS_NODE: "true"
      NIFI_CLUSTER_NODE_PROTOCOL_PORT: "11443"
```

## Bad: an authorizer that is not defined
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authoriser # <-
```
```xml authorizers.xml
<authorizers>
  <authorizer>
    <identifier>managed-authorizer</identifier>
    <class>org.apache.nifi.authorization.StandardManagedAuthorizer</class>
  </authorizer>
</authorizers>
```

## Bad: certificates without a trust store
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.28.1
    environment:
      AUTH: tls # <-
      KEYSTORE_PATH: /opt/certs/keystore.p12
      KEYSTORE_TYPE: PKCS12
      KEYSTORE_PASSWORD: ${KEYSTORE_PASSWORD}
```

## Bad: a file that the start script cannot replace
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.28.1
    volumes:
      - ./nifi.properties:/opt/nifi/nifi-current/conf/nifi.properties # <-
```
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.web.http.port=
nifi.web.proxy.host=a.example.org
```

## Good: the same value twice
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.web.proxy.host=a.example.org
nifi.web.proxy.host=a.example.org
```

## Fix
Correct the file and watch `logs/nifi-app.log` at the next start.

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Security Configuration"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.nifi import NiFi


@check(
    "nifi-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def nifi_refused_configuration(nifi: NiFi) -> Iterator[Diagnostic]:
    for problem in nifi.refused:
        yield fail(f"NiFi would not start: {problem.message}", at=problem.at, key=problem.message)
