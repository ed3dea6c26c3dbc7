"""PgBouncer may talk to PostgreSQL of another host without TLS.

## Why it matters
All clients' queries and the patient data of the answers cross this one connection. `disable` never uses TLS; `allow` and
`prefer` fall back to clear text where the server, or somebody on the path, does not offer it. Before version 1.20 the
default is `disable`, from then on `prefer`.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
server_tls_sslmode = disable  # <-
```

## Bad: it falls back
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
server_tls_sslmode = prefer  # <-
```

## Bad: the default, whatever the version
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5  # <-
[pgbouncer]
auth_type = scram-sha-256
```

## Bad: the default of the image
```yaml compose.yaml
services:
  pooler:
    image: edoburu/pgbouncer:v1.18.0
    environment:
      DB_HOST: db  # <-
      AUTH_TYPE: scram-sha-256
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = scram-sha-256
server_tls_sslmode = verify-full
server_tls_ca_file = /etc/pgbouncer/root.crt
```

## Good: PostgreSQL is on the same host
```text pgbouncer.ini
[databases]
clinic = host=/var/run/postgresql
records = host=127.0.0.1 port=5433
[pgbouncer]
auth_type = scram-sha-256
server_tls_sslmode = disable
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

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-server-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def pgbouncer_server_plaintext(pooler: PgBouncer) -> Iterator[Diagnostic]:
    remote = [database for database in pooler.databases if known(database.is_remote)]
    if not remote:
        return
    is_said = bool(pooler.incomplete) or pooler.settings.is_explicit("server_tls_sslmode")
    default = pooler.server_sslmode if isinstance(pooler.server_sslmode, str) else "prefer"  # the better of the two
    mode = known(pooler.server_sslmode) if is_said else default
    if mode in {"disable", "allow", "prefer"}:
        does = "never uses TLS" if mode == "disable" else "falls back to clear text"
        yield fail(
            f"PgBouncer {does} on its way to PostgreSQL at {known(remote[0].host)} (server_tls_sslmode = {mode})",
            at=pooler.where("server_tls_sslmode") if is_said else remote[0].host_at,
            severity=HIGH if mode == "disable" else MEDIUM,
            expected="server_tls_sslmode = verify-full",
        )
