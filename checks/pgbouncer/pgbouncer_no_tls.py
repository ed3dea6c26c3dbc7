"""PgBouncer serves clients of other hosts without TLS.

## Why it matters
Queries, patient data and what passwords are proven with cross the network readable and changeable for anybody on the
path. TLS for clients is off until `client_tls_sslmode` says otherwise, also where PostgreSQL behind it demands TLS.

## Bad: the default
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6  # <-
auth_type = scram-sha-256
```

## Bad: a second section sets it back
```text pgbouncer.ini
[pgbouncer]
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6  # <-
auth_type = scram-sha-256
```

## Bad: a published port
```yaml compose.yaml
services:
  pooler:
    image: bitnami/pgbouncer:1.24.1  # <-
    environment:
      POSTGRESQL_HOST: db
      POSTGRESQL_PASSWORD_FILE: /run/secrets/db
    ports: ["6432:6432"]
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```

## Good: no remote client
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = localhost, 127.0.0.1
auth_type = scram-sha-256
```

## Good: only the Unix socket
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
```

## Fix
```text
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```

## References
- PgBouncer 1.25 manual, TLS settings (client_tls_sslmode): https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def pgbouncer_no_tls(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if known(pooler.serves_remote_clients) and known(pooler.client_tls) == "off":
        is_said = pooler.settings.is_explicit("client_tls_sslmode")
        yield fail(
            f"PgBouncer serves clients without TLS; {pooler.exposure.reason}",
            at=pooler.where("client_tls_sslmode" if is_said else "listen_addr"),
            severity=pooler.exposure.scale(HIGH),
            expected="client_tls_sslmode = require",
        )
