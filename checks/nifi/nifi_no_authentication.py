"""NiFi serves its interface over HTTP, where everybody has every role.

## Why it matters
NiFi asks nobody who he is over HTTP: whoever reaches the port reads the records that pass through, changes every flow and
runs programs of his own as NiFi's user, since processors can start any command. Authorizers and log-in providers have
no effect. HTTP on port 8080 was the default before 1.14.

## Bad
```text nifi.properties
nifi.web.http.host=
nifi.web.http.port=8080 # <-
nifi.web.https.port=
nifi.security.user.authorizer=managed-authorizer
```

## Bad: the default of an old image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.13.2 # <-
    ports: ["8080:8080"]
```

## Bad: the variable that switches HTTPS off
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.23.2
    ports: ["8080:8080"]
    environment:
      NIFI_WEB_HTTP_PORT: "8080" # <-
```

## Good
```text nifi.properties
nifi.web.http.port=
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```

## Good: NiFi 2 does not read the variable
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0
    ports: ["8443:8443"]
    environment:
      NIFI_WEB_HTTP_PORT: "8080"
```

## Good: certificates switched on over the default of an old image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.13.2
    ports: ["8443:8443"]
    environment:
      AUTH: tls
      KEYSTORE_PATH: /opt/certs/keystore.jks
      KEYSTORE_TYPE: JKS
      KEYSTORE_PASSWORD: ${KEYSTORE_PASSWORD}
      TRUSTSTORE_PATH: /opt/certs/truststore.jks
      TRUSTSTORE_TYPE: JKS
      TRUSTSTORE_PASSWORD: ${TRUSTSTORE_PASSWORD}
```

## Fix
Serve HTTPS only, and choose who may log in:

```text
nifi.web.http.port=
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.login.identity.provider=ldap-provider
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "User Authentication" and "Security Configuration"
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_PORT = "nifi.web.http.port"


@check(
    "nifi-no-authentication",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def nifi_no_authentication(nifi: NiFi) -> Iterator[Diagnostic]:
    if known(nifi.is_plain):
        yield fail(
            f"Port {known(nifi.text(_PORT))} serves HTTP and gives everybody every role; {nifi.exposure.reason}",
            at=nifi.where(_PORT),
            severity=nifi.exposure.scale(CRITICAL),
            expected="nifi.web.https.port, and no nifi.web.http.port",
        )
