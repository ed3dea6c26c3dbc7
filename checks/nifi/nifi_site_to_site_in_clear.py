"""NiFi takes FlowFiles of other servers over a port without TLS.

## Why it matters
The port of Site-to-Site carries the records themselves. With `nifi.remote.input.secure=false` they cross the network
in clear text, and NiFi takes them from whoever connects, without a certificate.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.remote.input.host=nifi.example.org
nifi.remote.input.secure=false # <-
nifi.remote.input.socket.port=10443
```

## Bad: what an old image sets
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.13.2 # <-
    ports: ["8080:8080", "10000:10000"]
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.remote.input.host=nifi.example.org
nifi.remote.input.secure=true
nifi.remote.input.socket.port=10443
```

## Good: no port
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.remote.input.secure=false
nifi.remote.input.http.enabled=false
nifi.remote.input.socket.port=
```

## Fix
```text
nifi.remote.input.secure=true
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Site to Site Properties"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_SECURE = "nifi.remote.input.secure"
_PORT = "nifi.remote.input.socket.port"


@check(
    "nifi-site-to-site-in-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def nifi_site_to_site_in_clear(nifi: NiFi) -> Iterator[Diagnostic]:
    # Whatever is not `false` counts as true.
    if (known(nifi.text(_SECURE)) or "").lower() == "false" and known(nifi.is_set(_PORT)):
        yield fail(
            f"Port {known(nifi.text(_PORT))} takes FlowFiles of other servers without TLS and without a certificate",
            at=nifi.where(_SECURE),
            severity=nifi.exposure.scale(HIGH),
            expected=f"{_SECURE}=true",
        )
