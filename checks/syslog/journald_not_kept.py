"""The journal is lost with every restart.

## Why it matters
After a restart, which an intruder can cause, nothing of what happened before is left.

## Bad
```ini journald.conf
[Journal]
Storage=volatile # <-
```

## Bad: nothing is stored at all
```ini journald.conf
[Journal]
Storage=none # <-
```

## Good
```ini journald.conf
[Journal]
Storage=persistent
```

## Good: the last line counts
```ini journald.conf
[Journal]
Storage=volatile
Storage=persistent
```

## Good: a file of its folder
```ini etc/systemd/journald.conf
[Journal]
Storage=volatile
```
```ini etc/systemd/journald.conf.d/keep.conf
[Journal]
Storage=persistent
```

## Good: handed on to rsyslog
```ini journald.conf
[Journal]
Storage=volatile
ForwardToSyslog=yes
```

## Fix
```ini
Storage=persistent
```

## References
- journald.conf(5), systemd 252: https://www.freedesktop.org/software/systemd/man/252/journald.conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Journal


@check("journald-not-kept", severity=MEDIUM, control=Control.AUDIT_LOGGING, also=(Control.DURABILITY,), cwe=778)
def journald_not_kept(journal: Journal) -> Iterator[Diagnostic]:
    storage = known(journal.text("Storage"))
    forwarded = known(journal.text("ForwardToSyslog")) or ""
    if storage in {"volatile", "none"} and forwarded.lower() not in {"yes", "y", "true", "t", "on", "1"}:
        yield fail(
            "The journal is kept in memory only" if storage == "volatile" else "The journal is not stored at all",
            at=journal.where("Storage"),
            expected="Storage=persistent",
        )
