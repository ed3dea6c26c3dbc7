"""PostgreSQL listens on every address of its host.

## Why it matters
A server that also answers on networks it is not meant for rests on firewall and pg_hba.conf alone. (In a
container listening everywhere is normal; there the published ports count, which are a check of the workload.)

## Bad
```text postgresql.conf
listen_addresses = '*' # <-
```

## Bad: one of several
```text postgresql.conf
listen_addresses = 'localhost, 0.0.0.0' # <-
```

## Good
```text postgresql.conf
listen_addresses = 'localhost, 10.20.0.5'
```

## Good: the default
```text postgresql.conf
port = 5432
```

## Good: in a container
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Fix
Name the address of the network that the applications use:
```text postgresql.conf
listen_addresses = 'localhost, 10.20.0.5'
```

## References
- PostgreSQL 18 manual, 19.3 Connections and Authentication: https://www.postgresql.org/docs/18/runtime-config-connection.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-listen-all", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=1327)
def postgres_listen_all(postgres: Postgres) -> Iterator[Diagnostic]:
    if postgres.in_container:
        return
    everywhere = [item for item in known(postgres.items("listen_addresses")) if item in {"*", "0.0.0.0", "::"}]  # noqa: S104  # compared
    if everywhere:
        yield fail(
            f"PostgreSQL listens on every address of its host ({everywhere[0]})",
            at=postgres.where("listen_addresses"),
        )
