"""PostgreSQL lets clients of other hosts leave TLS out.

## Why it matters
A `host` line accepts connections with and without TLS, also where `ssl` is on: the client decides, and libpq
falls back without a word. Queries and patient data then cross the network readable and alterable.

## Bad
```text pg_hba.conf
host clinic clinic_app 10.20.0.0/16 scram-sha-256 # <-
```

## Bad: TLS is on, but not demanded
```text postgresql.conf
ssl = on
listen_addresses = '10.20.0.5'
```
```text pg_hba.conf
host clinic clinic_app 10.20.0.0/16 scram-sha-256 # <-
```

## Good
```text pg_hba.conf
hostssl clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## Good: unencrypted connections are turned away first
```text pg_hba.conf
hostnossl all all all reject
host clinic clinic_app 10.20.0.0/16 scram-sha-256
```

## Good: loopback
```text pg_hba.conf
host clinic clinic_app 127.0.0.1/32 scram-sha-256
```

## Fix
Write `hostssl`, or turn unencrypted connections away in the first line:
```text pg_hba.conf
hostnossl all all all reject
```

## References
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
- PostgreSQL 18 manual, 18.9 Secure TCP/IP Connections with SSL: https://www.postgresql.org/docs/18/ssl-tcp.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.postgres import PgHba, Transport


@check("postgres-hba-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def postgres_hba_plaintext(hba: PgHba) -> Iterator[Diagnostic]:
    if hba.ssl is False:
        return  # then no line can demand TLS: postgres-ssl-off says so once
    for rule in hba.authenticating("scram-sha-256", "md5", "ident", "gss", "oauth", remote=True):
        if Transport.PLAIN in rule.transports and not rule.is_replication_only:
            yield fail(
                f"{rule.subject} may connect to {rule.what} from {rule.from_where} without TLS",
                at=rule.at,
                severity=hba.exposure.scale(HIGH),
                key=rule.key,
            )
