"""Changes of the clock are not recorded.

## Why it matters
With another time the order of events is lost, and certificates and tickets that are over work again.

## Bad
```text audit.rules
-w /etc/passwd -p wa -k identity
-w /etc/shadow -p wa -k identity
-w /etc/group -p wa -k identity
-w /etc/gshadow -p wa -k identity
```

## Good
```text audit.rules
-a always,exit -F arch=b64 -S adjtimex,settimeofday,clock_settime -F key=time-change
```

## Good: one call
```text audit.rules
-a exit,always -F arch=b64 -S clock_settime -F a0=0x0 -k time-change
```

## Fix
```text
-a always,exit -F arch=b64 -S adjtimex,settimeofday,clock_settime -F key=time-change
```

## References
- auditctl(8), audit 3.0.9: https://man7.org/linux/man-pages/man8/auditctl.8.html
- audit.rules(7), audit 3.0.9: https://man7.org/linux/man-pages/man7/audit.rules.7.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.auditd import AuditRules


@check("audit-clock-changes-not-recorded", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def audit_clock_changes_not_recorded(rules: AuditRules) -> Iterator[Diagnostic]:
    if rules.records_call("adjtimex", "settimeofday", "clock_settime"):
        return
    if rules.gap:
        yield not_evaluated(rules.gap)
    else:
        yield fail("No rule records the system calls that set the clock")
