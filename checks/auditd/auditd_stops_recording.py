"""The audit daemon stops recording, and the host goes on.

## Why it matters
Whoever fills the disk first works unseen afterwards.

## Bad
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
disk_full_action = SUSPEND
```

## Bad: at the size of a file
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
max_log_file_action = suspend
```

## Bad: the default
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = rotate
```

## Good
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
```

## Good: the oldest give way
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
disk_full_action = rotate
```

## Fix
```text
max_log_file_action = keep_logs
disk_full_action = halt
```
or `rotate`, where stopping the host would harm patients and the records are sent away.

## References
- auditd.conf(5), audit 3.0.9: https://man7.org/linux/man-pages/man5/auditd.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.auditd import Auditd


@check("auditd-stops-recording", severity=LOW, control=Control.AUDIT_LOGGING, also=(Control.DURABILITY,), cwe=778)
def auditd_stops_recording(auditd: Auditd) -> Iterator[Diagnostic]:
    if known(auditd.text("max_log_file_action")) == "suspend":
        yield fail("Recording ends at the size of one file", at=auditd.where("max_log_file_action"), key="size")
    if known(auditd.text("disk_full_action")) in {"suspend", "ignore", "syslog"}:
        yield fail("Recording ends when the disk is full", at=auditd.where("disk_full_action"), key="disk")
