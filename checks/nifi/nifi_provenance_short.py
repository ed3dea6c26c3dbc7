"""NiFi deletes the record of what happened to the data after a short time.

## Why it matters
Provenance events are NiFi's audit trail. A misuse is often noticed weeks later; by then nobody can tell which records
were seen or sent away, unless the events are shipped to another system. The distribution's file says 30 days; without
a line it is one day.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.provenance.repository.implementation=org.apache.nifi.provenance.WriteAheadProvenanceRepository
nifi.provenance.repository.max.storage.time=24 hours # <-
```

## Bad: no line
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.provenance.repository.implementation=org.apache.nifi.provenance.WriteAheadProvenanceRepository
```

## Bad: the default of an old image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.11.4 # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.provenance.repository.implementation=org.apache.nifi.provenance.WriteAheadProvenanceRepository
nifi.provenance.repository.max.storage.time=90 days
```

## Good: the default of the image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0
```

## Fix
Keep events longer, give them the room, and send them on with a reporting task:

```text
nifi.provenance.repository.max.storage.time=180 days
nifi.provenance.repository.max.storage.size=500 GB
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Write Ahead Provenance Repository Properties"
- NiFi 2.11, `RepositoryConfiguration.java` (24 hours without the property)
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, span_seconds, span_words
from auditor.technologies.nifi import NiFi

_TIME = "nifi.provenance.repository.max.storage.time"
_DAY = 24 * 60 * 60
_SHORT = 30 * _DAY
_VERY_SHORT = 7 * _DAY


@check("nifi-provenance-short", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=779)
def nifi_provenance_short(nifi: NiFi) -> Iterator[Diagnostic]:
    repository = known(nifi.text("nifi.provenance.repository.implementation")) or ""
    if not repository.endswith(("WriteAheadProvenanceRepository", "PersistentProvenanceRepository")):
        return
    kept = span_seconds(known(nifi.text(_TIME)) or "")
    if kept is None:
        yield not_evaluated("the time for which events are kept is not known")
    elif kept < _SHORT:
        yield fail(
            f"Provenance events are deleted after {span_words(kept)}",
            at=nifi.where(_TIME),
            severity=MEDIUM if kept < _VERY_SHORT else LOW,
            expected=f"{_TIME}=30 days or more",
        )
