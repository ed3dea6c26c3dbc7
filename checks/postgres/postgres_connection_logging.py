"""PostgreSQL does not log connections or disconnections.

## Why it matters
Without `log_connections` and `log_disconnections` nothing shows which user came from where, when and for how
long; a misuse of patient data cannot be traced. Both are off by default.

## Bad
```text postgresql.conf
log_connections = off # <-
log_disconnections = on
```

## Bad: only log-ins
```text postgresql.conf
log_connections = on
log_disconnections = off # <-
```

## Bad: never turned on
```text postgresql.conf
# log_connections = on # <-
port = 5432
```

## Good
```text postgresql.conf
log_connections = on
log_disconnections = on
```

## Good: a list, from version 18 on
```text etc/postgresql/18/main/postgresql.conf
log_connections = 'receipt,authorization'
log_disconnections = on
```

## Fix
Switch both on.
```text postgresql.conf
log_connections = on
log_disconnections = on
```

## References
- PostgreSQL 18 manual, 19.8 Error Reporting and Logging: https://www.postgresql.org/docs/18/runtime-config-logging.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-connection-logging", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def postgres_connection_logging(postgres: Postgres) -> Iterator[Diagnostic]:
    logs = {
        "log_connections": known(postgres.logs_connections),
        "log_disconnections": known(postgres.on("log_disconnections")),
    }
    missing = [name for name, is_on in logs.items() if not is_on]
    if missing:
        what = " and ".join(name.removeprefix("log_") for name in missing)
        verb = "are" if len(missing) > 1 else "is"
        yield fail(
            f"PostgreSQL does not log {what}: {' and '.join(missing)} {verb} off",
            at=postgres.where(missing[0]),
            severity=MEDIUM if "log_connections" in missing else LOW,
        )
