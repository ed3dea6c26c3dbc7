"""The journal does not store messages about log-ins.

## Why it matters
Log-ins are reported with the severity `info`. With a stricter limit they are dropped.

## Bad
```ini journald.conf
[Journal]
MaxLevelStore=warning # <-
```

## Bad: by number
```ini journald.conf
[Journal]
MaxLevelStore=4 # <-
```

## Good
```ini journald.conf
[Journal]
MaxLevelStore=info
```

## Good: only what is printed on the console
```ini journald.conf
[Journal]
MaxLevelConsole=warning
```

## Fix
```ini
MaxLevelStore=info
```

## References
- journald.conf(5), systemd 252: https://www.freedesktop.org/software/systemd/man/252/journald.conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Journal

_TOO_STRICT = frozenset({*"012345", "emerg", "alert", "crit", "err", "warning", "notice"})


@check("journald-drops-log-ins", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def journald_drops_log_ins(journal: Journal) -> Iterator[Diagnostic]:
    level = known(journal.text("MaxLevelStore")) or ""
    if level.strip() in _TOO_STRICT:
        yield fail(
            f"Only messages of the severity {level} and above are stored",
            at=journal.where("MaxLevelStore"),
            expected="MaxLevelStore=info",
        )
