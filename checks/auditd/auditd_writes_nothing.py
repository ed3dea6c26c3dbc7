"""The audit daemon writes nothing down.

## Why it matters
Records are dropped as soon as they are made.

## Bad
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
write_logs = no
```

## Bad: the old way
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
log_format = NOLOG
```

## Good
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
write_logs = yes
```

## Good: sent away instead
```text etc/audit/auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
write_logs = no
```
```text etc/audit/audisp-remote.conf
remote_server = logs.clinic.example
transport = krb5
```
```text etc/audit/plugins.d/au-remote.conf
active = yes
direction = out
```

## Fix
```text
write_logs = yes
```

## References
- auditd.conf(5), audit 3.0.9: https://man7.org/linux/man-pages/man5/auditd.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.auditd import Auditd


@check("auditd-writes-nothing", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def auditd_writes_nothing(auditd: Auditd) -> Iterator[Diagnostic]:
    if not known(auditd.writes) and not known(auditd.sends):
        yield fail(
            "Records are neither written nor sent on", at=auditd.where("write_logs"), expected="write_logs = yes"
        )
