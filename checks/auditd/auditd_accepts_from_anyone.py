"""The audit daemon takes records from anybody who reaches it.

## Why it matters
Whoever reaches the port writes what he likes into the records of other hosts, or fills the disk.

## Bad
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
tcp_listen_port = 60
transport = TCP
```

## Bad: the default
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
tcp_listen_port = 60
```

## Good
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
tcp_listen_port = 60
transport = KRB5
```

## Good: it does not listen
```text auditd.conf
log_file = /var/log/audit/audit.log
max_log_file_action = keep_logs
space_left_action = email
disk_full_action = halt
##tcp_listen_port = 60
transport = TCP
```

## Fix
```text
transport = KRB5
```

## References
- auditd.conf(5), audit 3.0.9: https://man7.org/linux/man-pages/man5/auditd.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.auditd import Auditd


@check(
    "auditd-accepts-from-anyone",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def auditd_accepts_from_anyone(auditd: Auditd) -> Iterator[Diagnostic]:
    if known(auditd.listens_in_clear):
        yield fail(
            f"Records are taken over TCP without asking who sends them; {auditd.exposure.reason}",
            at=auditd.where("tcp_listen_port"),
            severity=auditd.exposure.scale(HIGH),
            expected="transport = KRB5",
        )
