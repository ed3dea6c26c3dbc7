"""Changes of the rights of administrators are not recorded.

## Why it matters
A line in sudoers makes any account an administrator. Without the record nobody can say who wrote it and when.

## Bad
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Bad: the folder is left out
```text audit.rules
-w /etc/sudoers -p wa
```

## Good
```text audit.rules
-w /etc/sudoers -p wa -k scope
-w /etc/sudoers.d/ -p wa -k scope
```

## Good: a folder as a field
```text audit.rules
-a always,exit -F path=/etc/sudoers -F perm=wa
-a exit,always -F dir=/etc/sudoers.d -F perm=wa
```

## Fix
```text
-w /etc/sudoers -p wa -k scope
-w /etc/sudoers.d/ -p wa -k scope
```

## References
- auditctl(8), audit 3.0.9: https://man7.org/linux/man-pages/man8/auditctl.8.html
- audit.rules(7), audit 3.0.9: https://man7.org/linux/man-pages/man7/audit.rules.7.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.auditd import AuditRules

from ._common import unwatched


@check("audit-sudoers-not-watched", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def audit_sudoers_not_watched(rules: AuditRules) -> Iterator[Diagnostic]:
    if missing := unwatched(rules, "/etc/sudoers", "/etc/sudoers.d"):
        yield fail(f"Changes of {' and '.join(missing)} are not recorded")
