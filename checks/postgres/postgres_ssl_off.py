"""PostgreSQL serves clients of other hosts without TLS.

## Why it matters
Without TLS every query and every row crosses the network readable and alterable, and clients that ask for
encryption are turned down. `ssl` is off unless the configuration turns it on.

## Bad
```text postgresql.conf
ssl = off # <-
listen_addresses = '10.20.0.5'
```

## Bad: never turned on
```text postgresql.conf
listen_addresses = '10.20.0.5' # <-
```

## Bad: an image without configuration
```yaml compose.yaml
services:
  db:
    image: postgres:16 # <-
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Good
```text postgresql.conf
ssl = on
listen_addresses = '10.20.0.5'
```

## Good: a flag turns it on
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
    command: postgres -c ssl=on -c ssl_cert_file=/run/secrets/tls.crt -c ssl_key_file=/run/secrets/tls.key
```

## Good: listens on loopback only
```text postgresql.conf
ssl = off
```

## Fix
Switch TLS on, with a certificate that clients can verify.
```text postgresql.conf
ssl = on
ssl_cert_file = '/etc/postgresql/tls/server.crt'
ssl_key_file = '/etc/postgresql/tls/server.key'
```

## References
- PostgreSQL 18 manual, 18.9 Secure TCP/IP Connections with SSL: https://www.postgresql.org/docs/18/ssl-tcp.html
- PostgreSQL 18 manual, 19.3 Connections and Authentication: https://www.postgresql.org/docs/18/runtime-config-connection.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-ssl-off", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def postgres_ssl_off(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.on("ssl")) and known(postgres.listens_beyond_loopback):
        yield fail(
            f"PostgreSQL serves clients without TLS; {postgres.exposure.reason}",
            at=postgres.where("ssl") if postgres.settings.is_explicit("ssl") else postgres.where("listen_addresses"),
            severity=postgres.exposure.scale(HIGH),
        )
