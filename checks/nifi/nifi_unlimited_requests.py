"""NiFi takes requests of any size.

## Why it matters
`nifi.web.max.content.size` is blank by default, so one client can fill memory and disk of the interface with an upload, and
flows that patient care waits for stop. Site-to-Site and the cluster's own traffic are not limited by it.

## Bad: blank, as shipped
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.web.max.content.size= # <-
```

## Bad: the default
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
nifi.web.max.content.size=20 MB
```

## Fix
```text
nifi.web.max.content.size=20 MB
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Web Properties"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_SIZE = "nifi.web.max.content.size"


@check("nifi-unlimited-requests", severity=LOW, control=Control.RESOURCE_LIMITS, also=(Control.AVAILABILITY,), cwe=770)
def nifi_unlimited_requests(nifi: NiFi) -> Iterator[Diagnostic]:
    if not known(nifi.is_set(_SIZE)):
        message = "The interface takes requests of any size"
        yield fail(message, at=nifi.where(_SIZE), severity=nifi.exposure.scale(LOW), expected=f"{_SIZE}=20 MB")
