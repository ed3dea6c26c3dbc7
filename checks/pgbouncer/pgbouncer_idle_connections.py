"""PgBouncer keeps idle connections open forever.

## Why it matters
A connection that was logged in stays logged in. Left open on an unattended machine it is a way in, and connections that
nobody closes add up to `max_client_conn`. `client_idle_timeout` is 0 by default, which is never.

## Bad: the default
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6  # <-
auth_type = scram-sha-256
```

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_idle_timeout = 900
client_idle_timeout = 0.0  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_idle_timeout = 900.0
```

## Fix
Programs with a pool of connections open new ones:
```text
client_idle_timeout = 900
```

## References
- PgBouncer 1.25 manual, client_idle_timeout: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-idle-connections", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def pgbouncer_idle_connections(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if pooler.exposure.is_loopback:
        return
    if float(known(pooler.text("client_idle_timeout")) or "0") == 0:
        is_said = pooler.settings.is_explicit("client_idle_timeout")
        yield fail(
            "Connections are never closed for being idle",
            at=pooler.where("client_idle_timeout" if is_said else "listen_addr"),
            expected="client_idle_timeout = 900",
        )
