"""PgBouncer listens on every address of its host.

## Why it matters
Every network that the host is on, also one added later, reaches the pooler, and through it PostgreSQL. Containers listen
on all of their own addresses as a rule, so this looks at servers on a host and at host networking.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 127.0.0.1, *  # <-
auth_type = scram-sha-256
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 127.0.0.1, 10.20.0.6
auth_type = scram-sha-256
```

## Good: without an address there is only the Unix socket
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
```

## Fix
List the addresses that clients use:
```text
listen_addr = 127.0.0.1, 10.20.0.6
```

## References
- PgBouncer 1.25 manual, listen_addr: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-binds-all-interfaces", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=1327)
def pgbouncer_binds_all_interfaces(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if pooler.exposure.reach is Reach.HOST_NETWORK and known(pooler.listens_everywhere):
        yield fail(
            "PgBouncer listens on every address of its host",
            at=pooler.where("listen_addr"),
            expected="listen_addr with the addresses that clients use",
        )
