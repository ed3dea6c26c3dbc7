"""PostgreSQL keeps idle sessions open forever.

## Why it matters
A session that a person left open stays open, and so does what it may read. `idle_session_timeout` (from
version 14 on) ends idle sessions, `idle_in_transaction_session_timeout` those that also hold locks; both are
off by default. Connection pools may need a role without the limit.

## Bad
```text postgresql.conf
idle_session_timeout = 0 # <-
```

## Bad: never set
```text postgresql.conf
# no time-out # <-
port = 5432
```

## Good
```text postgresql.conf
idle_session_timeout = 15min
```

## Good: in a transaction
```text postgresql.conf
idle_in_transaction_session_timeout = '5 min'
```

## Fix
End idle sessions of people after 15 to 30 minutes, in the file or per role:
```text postgresql.conf
idle_session_timeout = 30min
```

## References
- PostgreSQL 18 manual, 19.11 Client Connection Defaults: https://www.postgresql.org/docs/18/runtime-config-client.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-idle-timeout", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def postgres_idle_timeout(postgres: Postgres) -> Iterator[Diagnostic]:
    names = ("idle_session_timeout", "idle_in_transaction_session_timeout")
    if not any(known(postgres.number(name)) for name in names):
        yield fail(
            "Neither idle sessions nor idle transactions are ever ended",
            at=postgres.where(names[0]),
            expected="idle_session_timeout = '15min'",
        )
