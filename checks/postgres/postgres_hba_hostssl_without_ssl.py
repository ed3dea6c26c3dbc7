"""PostgreSQL's hostssl lines match nothing because TLS is off.

## Why it matters
With `ssl = off` the server warns and goes on: `hostssl` lines never match, and the clients meant for them
fall to later lines or are turned away. Whoever wrote them believes in an encryption that is not there.

## Bad
```text postgresql.conf
ssl = off
listen_addresses = '10.20.0.5'
```
```text pg_hba.conf
hostssl clinic all 10.20.0.0/16 scram-sha-256 # <-
host all all 10.0.0.0/8 md5
```

## Good
```text postgresql.conf
ssl = on
listen_addresses = '10.20.0.5'
```
```text pg_hba.conf
hostssl clinic all 10.20.0.0/16 scram-sha-256
```

## Good: a flag turns it on
```yaml compose.yaml
services:
  db:
    image: postgres:16
    command: postgres -c hba_file=/etc/pg_hba.conf --ssl=on
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
    volumes:
      - ./pg_hba.conf:/etc/pg_hba.conf:ro
```
```text pg_hba.conf
hostssl all all all scram-sha-256
```

## Fix
Switch TLS on.
```text postgresql.conf
ssl = on
ssl_cert_file = '/etc/postgresql/tls/server.crt'
ssl_key_file = '/etc/postgresql/tls/server.key'
```

## References
- PostgreSQL 18 manual, 18.9 Secure TCP/IP Connections with SSL: https://www.postgresql.org/docs/18/ssl-tcp.html
- PostgreSQL 18 manual, 20.1 The pg_hba.conf File: https://www.postgresql.org/docs/18/auth-pg-hba-conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.postgres import PgHba


@check(
    "postgres-hba-hostssl-without-ssl",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.CONFIGURATION_HYGIENE,),
    cwe=319,
)
def postgres_hba_hostssl_without_ssl(hba: PgHba) -> Iterator[Diagnostic]:
    lines = [item.rule for item in hba.reached if item.rule.type == "hostssl" and item.rule.method != "reject"]
    if lines and not known(hba.ssl):
        first = lines[0]
        yield fail(
            f"ssl is off, so that the hostssl line for {first.user} from {first.from_where} never matches",
            at=first.at,
            severity=hba.exposure.scale(HIGH),
            related=tuple(Related(rule.at, f"{rule}") for rule in lines[1:]),
        )
