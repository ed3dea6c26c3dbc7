"""The journal is deleted after days.

## Why it matters
Intrusions are found weeks or months later. What is deleted by then cannot answer how they came in.

## Bad
```ini journald.conf
[Journal]
Storage=persistent
MaxRetentionSec=1week # <-
```

## Good
```ini journald.conf
[Journal]
Storage=persistent
MaxRetentionSec=1year
```

## Good: by size only
```ini journald.conf
[Journal]
Storage=persistent
SystemMaxUse=10G
```

## Fix
```ini
MaxRetentionSec=1year
```
Send the journal to another host as well.

## References
- journald.conf(5), systemd 252: https://www.freedesktop.org/software/systemd/man/252/journald.conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Journal, seconds


@check("journald-kept-for-days", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def journald_kept_for_days(journal: Journal) -> Iterator[Diagnostic]:
    kept = known(seconds(known(journal.text("MaxRetentionSec")) or "0"))
    if 0 < kept < 30 * 86400:
        yield fail(
            f"What is older than {max(kept // 86400, 1)} days is deleted",
            at=journal.where("MaxRetentionSec"),
            expected="MaxRetentionSec=1year",
        )
