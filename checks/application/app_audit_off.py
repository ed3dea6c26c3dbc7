"""An application keeps no audit log.

## Why it matters
The audit trail answers who saw or changed a patient's record. What is not written while it is off cannot be written later.

## Bad
```text .env
AUDIT_LOG_ENABLED=false  # <-
```

## Bad: the opposite word
```text .env
DISABLE_AUDIT_LOG=true  # <-
```

## Good
```text .env
AUDIT_LOG_ENABLED=true
```

## Fix
Switch the audit log on:
```text
AUDIT_LOG_ENABLED=true
```

## References
- 45 CFR 164.312(b), Audit controls
- OWASP Logging Cheat Sheet
"""

from collections.abc import Iterator

from auditor.api import HIGH, ApplicationSettings, Control, Diagnostic, check, fail

_ON = (
    "*AUDIT_ENABLED",
    "*AUDIT_LOG",
    "*AUDIT_LOGGING",
    "*AUDIT_LOGGING_ENABLED",
    "*AUDIT_LOGS_ENABLED",
    "*AUDIT_LOG_ENABLED",
    "*AUDIT_TRAIL_ENABLED",
    "*ENABLE_AUDIT",
    "*ENABLE_AUDIT_LOG",
    "*ENABLE_AUDIT_LOGGING",
    "*ENABLE_AUDIT_LOGS",
)
_OFF = ("*AUDIT_DISABLED", "*AUDIT_LOG_DISABLED", "*DISABLE_AUDIT", "*DISABLE_AUDIT_LOG", "*DISABLE_AUDIT_LOGGING")


@check("app-audit-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def app_audit_off(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    off = [entry for entry in settings.named(*_ON) if entry.is_false]
    off += [entry for entry in settings.named(*_OFF) if entry.is_true]
    for entry in off:
        yield fail(
            f"{entry.name} switches the audit log off",
            at=entry.at,
            severity=settings.scale(HIGH),
            key=entry.name,
            expected="the audit trail on",
        )
