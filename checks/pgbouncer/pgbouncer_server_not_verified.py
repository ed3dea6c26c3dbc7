"""PgBouncer does not verify which server it hands passwords and queries to.

## Why it matters
`require` encrypts towards whoever answers, and `verify-ca` takes any certificate of the authority: a machine that takes
PostgreSQL's place on the network reads and changes everything.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
server_tls_sslmode = require  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=db.clinic.example
[pgbouncer]
auth_type = scram-sha-256
server_tls_sslmode = require
server_tls_sslmode = verify-full
server_tls_ca_file = /etc/pgbouncer/root.crt
```

## Good: the default is not to use TLS for certain, which another check says
```text pgbouncer.ini
[databases]
clinic = host=db.clinic.example
[pgbouncer]
auth_type = scram-sha-256
```

## Fix
```text
server_tls_sslmode = verify-full
server_tls_ca_file = /etc/pgbouncer/root.crt
```

## References
- PgBouncer 1.25 manual, TLS settings (server_tls_sslmode): https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-server-not-verified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def pgbouncer_server_not_verified(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if not pooler.incomplete and not pooler.settings.is_explicit("server_tls_sslmode"):
        return  # no version verifies by default: pgbouncer-server-plaintext
    mode = known(pooler.server_sslmode)
    if mode not in {"require", "verify-ca"} or not any(known(database.is_remote) for database in pooler.databases):
        return
    misses = "verifies no certificate" if mode == "require" else "does not compare the name in the certificate"
    yield fail(
        f"PgBouncer {misses} of the PostgreSQL servers it connects to (server_tls_sslmode = {mode})",
        at=pooler.where("server_tls_sslmode"),
        severity=MEDIUM if mode == "require" else LOW,
        expected="server_tls_sslmode = verify-full",
    )
