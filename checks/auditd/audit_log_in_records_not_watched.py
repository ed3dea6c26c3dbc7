"""Changes of the records of log-ins are not recorded.

## Why it matters
Whoever breaks in cleans the lists of log-ins and of failed attempts. The audit says that somebody did.

## Bad
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Good
```text audit.rules
-w /var/log/lastlog -p wa -k logins
-w /var/run/faillock/ -p wa -k logins
```

## Good: on other systems
```text audit.rules
-w /var/log/wtmp -p wa -k session
```

## Fix
```text
-w /var/log/lastlog -p wa -k logins
-w /var/run/faillock/ -p wa -k logins
```

## References
- auditctl(8), audit 3.0.9: https://man7.org/linux/man-pages/man8/auditctl.8.html
- audit.rules(7), audit 3.0.9: https://man7.org/linux/man-pages/man7/audit.rules.7.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.auditd import AuditRules

from ._common import unwatched

_FILES = (
    "/var/log/lastlog",
    "/var/run/faillock",
    "/run/faillock",
    "/var/log/faillog",
    "/var/log/wtmp",
    "/var/log/btmp",
)


@check("audit-log-in-records-not-watched", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def audit_log_in_records_not_watched(rules: AuditRules) -> Iterator[Diagnostic]:
    if len(unwatched(rules, *_FILES)) == len(_FILES):
        yield fail("Changes of the records of log-ins (lastlog, faillock, wtmp) are not recorded")
