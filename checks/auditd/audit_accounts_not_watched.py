"""Changes of accounts are not recorded.

## Why it matters
A new account, or a changed password, is how an intruder stays. Without the record nobody can say who made it and when.

## Bad
```text audit.rules
-D
-b 8192
-f 1
```

## Bad: reading only
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p r -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Bad: deleted behind it
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
-D
```

## Good
```text audit.rules
-D
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Good: as system calls
```text audit.rules
-a always,exit -F arch=b64 -F path=/etc/passwd -F perm=wa -F key=identity
-a always,exit -F arch=b64 -F path=/etc/shadow -F perm=wa -F key=identity
-a always,exit -F arch=b64 -F path=/etc/group -F perm=wa -F key=identity
-a always,exit -F arch=b64 -F path=/etc/gshadow -F perm=wa -F key=identity
```

## Good: the whole folder
```text audit.rules
-w /etc/ -p wa
```

## Fix
```text
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
```

## References
- auditctl(8), audit 3.0.9: https://man7.org/linux/man-pages/man8/auditctl.8.html
- audit.rules(7), audit 3.0.9: https://man7.org/linux/man-pages/man7/audit.rules.7.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.auditd import AuditRules

from ._common import unwatched


@check("audit-accounts-not-watched", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def audit_accounts_not_watched(rules: AuditRules) -> Iterator[Diagnostic]:
    if missing := unwatched(rules, "/etc/passwd", "/etc/shadow", "/etc/group"):
        yield fail(f"Changes of {', '.join(missing)} are not recorded")
