"""The audit daemon leaves it to chance when records reach the disk.

## Why it matters
What happened shortly before a crash is missing, and a crash is easily made.

## Bad
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
flush = NONE
```

## Good
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
flush = incremental_async
freq = 50
```

## Fix
```text
flush = incremental_async
freq = 50
```

## References
- auditd.conf(5), audit 3.0.9: https://man7.org/linux/man-pages/man5/auditd.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.auditd import Auditd


@check("auditd-not-flushed", severity=LOW, control=Control.DURABILITY, also=(Control.AUDIT_LOGGING,), cwe=778)
def auditd_not_flushed(auditd: Auditd) -> Iterator[Diagnostic]:
    if known(auditd.text("flush")) == "none":
        yield fail("Records are not flushed to the disk", at=auditd.where("flush"), expected="incremental_async")
