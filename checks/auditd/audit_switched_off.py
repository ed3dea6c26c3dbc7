"""Auditing is switched off.

## Why it matters
The kernel records nothing, whatever other rules say. Some distributions ship such a rule to save time.

## Bad
```text audit.rules
-D
-a never,task
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Bad: off at the end
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
-e 0
```

## Good
```text audit.rules
-D
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
-e 2
```

## Good: deleted again
```text audit.rules
-a task,never
-D
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Fix
Remove `-a never,task`, and end the rules with:
```text
-e 2
```

## References
- auditctl(8), audit 3.0.9: https://man7.org/linux/man-pages/man8/auditctl.8.html
- audit.rules(7), audit 3.0.9: https://man7.org/linux/man-pages/man7/audit.rules.7.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.auditd import AuditRules


@check("audit-switched-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def audit_switched_off(rules: AuditRules) -> Iterator[Diagnostic]:
    state, at = rules.enabled
    if state == "0":
        yield fail("The last -e switches auditing off", at=at, key="-e")
    if rules.switches_off is not None:
        yield fail("The rule never,task keeps every process from being audited", at=rules.switches_off, key="task")
