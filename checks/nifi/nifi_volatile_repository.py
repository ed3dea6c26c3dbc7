"""NiFi keeps records in memory only.

## Why it matters
Volatile repositories hold queued records, or what NiFi knows of them, in memory. A restart, a crash or an update loses
all that was taken over and not yet passed on, and the senders will not send it again.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.flowfile.repository.implementation=org.apache.nifi.controller.repository.VolatileFlowFileRepository # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.flowfile.repository.implementation=org.apache.nifi.controller.repository.WriteAheadFlowFileRepository
```

## Good: what is shown in the status history may be forgotten
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.components.status.repository.implementation=org.apache.nifi.controller.status.history.VolatileComponentStatusRepository
```

## Fix
```text
nifi.flowfile.repository.implementation=org.apache.nifi.controller.repository.WriteAheadFlowFileRepository
nifi.content.repository.implementation=org.apache.nifi.controller.repository.FileSystemRepository
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Volatile FlowFile Repository"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_REPOSITORIES = ("nifi.flowfile.repository.implementation", "nifi.content.repository.implementation")


@check("nifi-volatile-repository", severity=MEDIUM, control=Control.DURABILITY)
def nifi_volatile_repository(nifi: NiFi) -> Iterator[Diagnostic]:
    for name in _REPOSITORIES:
        implementation = (known(nifi.text(name)) or "").rpartition(".")[2]
        if implementation.startswith("Volatile"):
            message = f"{implementation} loses every record that was not passed on when NiFi restarts"
            yield fail(message, at=nifi.where(name), expected=f"a {name} that writes to disk", key=name)
