"""NiFi loses records that it has taken over when the power fails.

## Why it matters
NiFi tells a sender that it has a record while the operating system still holds it in memory. After a power cut such a record is
gone, and the sender will not send it again: messages of HL7 or a device are lost unnoticed. Synchronised writing
costs throughput, so decide by what can be sent again.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.flowfile.repository.always.sync=false # <-
nifi.content.repository.always.sync=true
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
nifi.flowfile.repository.always.sync=true
nifi.content.repository.always.sync=true
```

## Fix
```text
nifi.flowfile.repository.always.sync=true
nifi.content.repository.always.sync=true
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Write Ahead FlowFile Repository" and "File System Content Repository Properties"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_PARTS = ("flowfile", "content")


@check("nifi-repository-not-synced", severity=LOW, control=Control.DURABILITY)
def nifi_repository_not_synced(nifi: NiFi) -> Iterator[Diagnostic]:
    names = [f"nifi.{part}.repository.always.sync" for part in _PARTS]
    off = [name for name in names if not known(nifi.flag(name))]
    if off:
        parts = " and ".join(name.split(".")[1] for name in off)
        subject = f"{parts} repositories are" if len(off) > 1 else f"{parts} repository is"
        yield fail(
            f"The {subject} not written through to the disk before a sender is told that NiFi has a record",
            at=nifi.where(off[0]),
            expected=f"{off[0]}=true",
        )
