"""PgBouncer asks clients for the password itself, which can cross the network in clear text.

## Why it matters
With `plain` (`password` in a record of pg_hba.conf) the client sends its password as it is. Without TLS whoever listens
has it, and logs in everywhere it is good for.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = plain  # <-
```

## Bad: a record
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = hba
auth_hba_file = records.conf
```
```text records.conf
host all all 10.20.0.0/16 password  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
```

## Good: only over TLS
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = plain
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```

## Fix
```text
auth_type = scram-sha-256
```

## References
- PgBouncer 1.25 manual, auth_type: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer, Transport


@check(
    "pgbouncer-clear-password",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def pgbouncer_clear_password(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if known(pooler.client_tls) == "required" or not known(pooler.serves_remote_clients):
        return
    if known(pooler.auth_type) == "plain":
        yield fail(
            f"PgBouncer has clients send their password in clear text; {pooler.exposure.reason}",
            at=pooler.where("auth_type"),
            severity=pooler.exposure.scale(HIGH),
            expected="auth_type = scram-sha-256",
        )
    for rule in pooler.hba.authenticating("password", remote=True) if pooler.hba is not None else ():
        if Transport.PLAIN in rule.transports:
            yield fail(
                f"Clients from {rule.from_where} send the password of {rule.who} in clear text",
                at=rule.at,
                severity=pooler.exposure.scale(HIGH),
                expected="scram-sha-256",
                key=rule.key,
            )
