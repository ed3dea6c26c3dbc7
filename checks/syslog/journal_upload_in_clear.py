"""The journal is sent over the network without TLS.

## Why it matters
The journal holds names of people, hosts and records. Whoever listens on the way reads it.

## Bad
```ini journal-upload.conf
[Upload]
URL=http://logs.clinic.example:19532 # <-
```

## Good
```ini journal-upload.conf
[Upload]
URL=https://logs.clinic.example:19532
```

## Good: HTTPS is the default
```ini journal-upload.conf
[Upload]
URL=logs.clinic.example
```

## Fix
```ini
URL=https://logs.clinic.example:19532
```

## References
- journal-upload.conf(5), systemd 252: https://www.freedesktop.org/software/systemd/man/252/journal-upload.conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import JournalUpload


@check("journal-upload-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def journal_upload_in_clear(upload: JournalUpload) -> Iterator[Diagnostic]:
    if (known(upload.url) or "").lower().startswith("http://"):
        yield fail("The journal is sent over HTTP without TLS", at=upload.url_at, expected="https://")
