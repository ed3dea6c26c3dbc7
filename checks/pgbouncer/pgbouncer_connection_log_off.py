"""PgBouncer does not log connections or disconnections.

## Why it matters
PostgreSQL's log knows the pooler's address only. Who came from where, when and for how long stands in PgBouncer's log
alone; without it a misuse of patient data cannot be traced. Both are on by default.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
log_connections = 0  # <-
```

## Bad: by variables
```yaml compose.yaml
services:
  pooler:
    image: edoburu/pgbouncer:v1.24.1-p1
    environment:
      DB_HOST: db
      AUTH_TYPE: scram-sha-256
      LOG_DISCONNECTIONS: "0"  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
log_connections = 0
log_connections = 1
```

## Fix
```text
log_connections = 1
log_disconnections = 1
```

## References
- PgBouncer 1.25 manual, log_connections, log_disconnections: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-connection-log-off", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def pgbouncer_connection_log_off(pooler: PgBouncer) -> Iterator[Diagnostic]:
    missing = [name for name in ("log_connections", "log_disconnections") if known(pooler.number(name)) == 0]
    if missing:
        what = " and ".join(name.removeprefix("log_") for name in missing)
        verb = "are" if len(missing) > 1 else "is"
        yield fail(
            f"PgBouncer does not log {what}: {' and '.join(missing)} {verb} off",
            at=pooler.where(missing[0]),
            severity=MEDIUM if "log_connections" in missing else LOW,
            expected=", ".join(f"{name} = 1" for name in missing),
        )
