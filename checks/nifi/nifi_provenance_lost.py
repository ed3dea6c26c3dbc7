"""NiFi keeps no lasting record of what happened to the data.

## Why it matters
Provenance events tell which record came from where, who saw its content and where it went: they are NiFi's audit trail.
The volatile repository keeps a limited number in memory and forgets them at a restart; the repository that does nothing keeps
none.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.provenance.repository.implementation=org.apache.nifi.provenance.VolatileProvenanceRepository # <-
```

## Bad: none
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.provenance.repository.implementation=org.apache.nifi.provenance.NoOpProvenanceRepository # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.provenance.repository.implementation=org.apache.nifi.provenance.WriteAheadProvenanceRepository
```

## Good: the default of the image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0
```

## Fix
```text
nifi.provenance.repository.implementation=org.apache.nifi.provenance.WriteAheadProvenanceRepository
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Provenance Repository"
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_REPOSITORY = "nifi.provenance.repository.implementation"


@check("nifi-provenance-lost", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def nifi_provenance_lost(nifi: NiFi) -> Iterator[Diagnostic]:
    name = (known(nifi.text(_REPOSITORY)) or "").rpartition(".")[2]
    if name == "VolatileProvenanceRepository":
        message, severity = "Provenance events are kept in memory and are gone after a restart", MEDIUM
    elif name == "NoOpProvenanceRepository":
        message, severity = "Provenance events are not kept at all", HIGH
    else:
        return
    yield fail(message, at=nifi.where(_REPOSITORY), severity=severity, expected="WriteAheadProvenanceRepository")
