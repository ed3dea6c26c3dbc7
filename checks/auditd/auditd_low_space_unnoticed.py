"""Nobody is told that the disk for audit records fills up.

## Why it matters
Records are lost before anybody knows that there is no more room.

## Bad
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
space_left_action = ignore
```

## Bad: the default
```text auditd.conf
log_file = /var/log/audit/audit.log
disk_full_action = halt
```

## Good
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
```

## Good: through the system log
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
space_left_action = SYSLOG
```

## Fix
```text
space_left_action = email
action_mail_acct = root
```

## References
- auditd.conf(5), audit 3.0.9: https://man7.org/linux/man-pages/man5/auditd.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.auditd import Auditd


@check("auditd-low-space-unnoticed", severity=LOW, control=Control.MONITORING, cwe=778)
def auditd_low_space_unnoticed(auditd: Auditd) -> Iterator[Diagnostic]:
    if known(auditd.text("space_left_action")) == "ignore":
        yield fail(
            "Nothing happens when space runs low",
            at=auditd.where("space_left_action"),
            expected="space_left_action = email",
        )
