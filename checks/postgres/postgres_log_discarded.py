"""PostgreSQL throws its log away.

## Why it matters
Log-ins, disconnections, statements and what pgAudit records are messages of the level `log`. With `log_min_messages` at
`fatal` or `panic` the server drops them all, whatever `log_connections` and `pgaudit.log` say, and at `panic` refused
log-ins too. With an empty `log_destination` no message is written anywhere. Both start without a warning.

## Bad: only fatal errors are kept
```text postgresql.conf
log_connections = on
log_disconnections = on
log_min_messages = fatal # <-
```

## Bad: nothing is kept
```text postgresql.conf
log_connections = on
log_destination = '' # <-
```

## Bad: a flag of a container
```yaml compose.yaml
services:
  db:
    image: postgres:17
    command: postgres --log-min-messages=PANIC -c log_connections=on  # <-
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
```

## Good: log ranks above error
```text postgresql.conf
log_connections = on
log_min_messages = error
```

## Good: what clients are sent is another setting
```text postgresql.conf
log_connections = on
client_min_messages = fatal
```

## Good: a later line wins
```text postgresql.conf
log_min_messages = panic
log_min_messages = log
log_destination = 'syslog'
```

## Fix
```text postgresql.conf
log_min_messages = warning
log_destination = 'stderr'
```

## References
- PostgreSQL 18 manual, 19.8 Error Reporting and Logging (log_min_messages, log_destination): https://www.postgresql.org/docs/18/runtime-config-logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres

_LOST = {
    "fatal": "log-ins, statements and pgAudit's records",
    "panic": "log-ins, refused ones too, statements and pgAudit's records",
}


@check("postgres-log-discarded", severity=MEDIUM, control=Control.AUDIT_LOGGING, also=(Control.MONITORING,), cwe=778)
def postgres_log_discarded(postgres: Postgres) -> Iterator[Diagnostic]:
    level = known(postgres.text("log_min_messages"))
    if level in _LOST:
        yield fail(
            f"PostgreSQL throws away {_LOST[level]}: log_min_messages is {level}",
            at=postgres.where("log_min_messages"),
            key="log_min_messages",
            expected="log_min_messages = warning",
        )
    if not known(postgres.items("log_destination")):
        yield fail(
            "PostgreSQL throws its log away: log_destination is empty",
            at=postgres.where("log_destination"),
            key="log_destination",
            expected="log_destination = 'stderr'",
        )
