"""PgBouncer accepts clients without TLS beside those with it.

## Why it matters
With `allow` and `prefer` a client that does not ask for TLS is served without it, and so is one whose TLS an attacker on
the path strips off. Most drivers fall back to clear text by themselves.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_tls_sslmode = prefer  # <-
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_tls_sslmode = prefer
client_tls_sslmode = Require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```

## Good: the records demand TLS
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
client_tls_sslmode = allow
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```
```text records.conf
hostssl all all 10.20.0.0/16 scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
```

## Fix
```text
client_tls_sslmode = require
```

## References
- PgBouncer 1.25 manual, TLS settings (client_tls_sslmode): https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-tls-optional", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def pgbouncer_tls_optional(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if not known(pooler.serves_remote_clients) or known(pooler.client_tls) != "optional":
        return
    if known(pooler.accepts_plaintext):
        yield fail(
            f"PgBouncer accepts clients without TLS beside those with it (mode {known(pooler.text('client_tls_sslmode'))}); "
            f"{pooler.exposure.reason}",
            at=pooler.where("client_tls_sslmode"),
            severity=pooler.exposure.scale(HIGH),
            expected="client_tls_sslmode = require",
        )
