"""PgBouncer would refuse to start with this configuration.

## Why it matters
A parameter that PgBouncer cannot read keeps it from starting, and with it every program that reaches PostgreSQL through
it; on a reload the old configuration stays in force, so that the file on disk is not what protects the data.

## Bad: a comment behind a value belongs to it
```text pgbouncer.ini
[pgbouncer]
auth_type = md5
log_connections = 1 ; keep  # <-
```

## Bad: capitals
```text pgbouncer.ini
[pgbouncer]
Listen_Addr = 127.0.0.1  # <-
```

## Bad: a word for a number
```text pgbouncer.ini
[pgbouncer]
log_connections = yes  # <-
```

## Bad: TLS without a certificate
```text pgbouncer.ini
[pgbouncer]
listen_addr = 10.20.0.6
client_tls_sslmode = require  # <-
```

## Bad: the image needs the server's address
```yaml compose.yaml
services:
  pooler:
    image: edoburu/pgbouncer:v1.24.1-p1  # <-
    environment:
      AUTH_TYPE: scram-sha-256
```

## Good
```text pgbouncer.ini
; not md5
[pgbouncer]
auth_type = SCRAM-SHA-256
log_connections = 0x1
listen_addr = 127.0.0.1
```

## Good: the connection string of the star is read at a log-in
```text pgbouncer.ini
[databases]
* = host=127.0.0.1 colour=red
[pgbouncer]
auth_type = md5
```

## Fix
Put comments on lines of their own, and 0 or 1 for off and on:
```text
; keep
log_connections = 1
```

## References
- PgBouncer 1.25 manual, Generic settings: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.pgbouncer import PgBouncer


@check(
    "pgbouncer-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def pgbouncer_refused_configuration(pooler: PgBouncer) -> Iterator[Diagnostic]:
    for problem in pooler.refused:
        yield fail(f"PgBouncer would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if pooler.unrecognised:
        where = ", ".join(str(problem.at) for problem in pooler.unrecognised[:3])
        yield not_evaluated(f"a parameter is not known here ({where}); a newer version may have it")
