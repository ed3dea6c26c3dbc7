"""Audit rules can be changed while the host runs.

## Why it matters
An intruder with root deletes the rules first. With `-e 2` that takes a restart, which is noticed.

## Bad
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Bad: deleted again
```text audit.rules
-e 1
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Good
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
-e 2
```

## Good: from another file of the folder
```text etc/audit/rules.d/10-identity.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```
```text etc/audit/rules.d/99-end.rules
-e 2
```

## Fix
End the rules with:
```text
-e 2
```

## References
- auditctl(8), audit 3.0.9: https://man7.org/linux/man-pages/man8/auditctl.8.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.auditd import AuditRules


@check("audit-rules-changeable", severity=LOW, control=Control.AUDIT_LOGGING, also=(Control.INTEGRITY,), cwe=693)
def audit_rules_changeable(rules: AuditRules) -> Iterator[Diagnostic]:
    state, at = rules.enabled
    if state == "1" and rules.gap:
        yield not_evaluated(rules.gap)
    elif state == "1":
        yield fail("The rules can be deleted without a restart", at=at, expected="-e 2")
