"""PostgreSQL is set up without data checksums.

## Why it matters
Without checksums a page that disk or memory damaged is read as if it were right, and the damage spreads into
the backups. `initdb` enables them by default only from version 18 on.

## Bad
```yaml compose.yaml
services:
  db:
    image: postgres:16 # <-
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Bad: switched off in 18
```yaml compose.yaml
services:
  db:
    image: postgres:18 # <-
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
      POSTGRES_INITDB_ARGS: --no-data-checksums
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
      POSTGRES_INITDB_ARGS: --data-checksums
```

## Good: the default from 18 on
```yaml compose.yaml
services:
  db:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
```

## Fix
Create the cluster with checksums, or run `pg_checksums --enable` while the server is down.
```yaml compose.yaml
environment:
  POSTGRES_INITDB_ARGS: --data-checksums
```

## References
- PostgreSQL 18 manual, 28.2 Data Checksums: https://www.postgresql.org/docs/18/checksums.html
- PostgreSQL 18 manual, initdb: https://www.postgresql.org/docs/18/app-initdb.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-checksums-off", severity=LOW, control=Control.INTEGRITY, cwe=353)
def postgres_checksums_off(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.checksums):
        yield fail("The cluster is created without data checksums, so that damaged pages go unnoticed")
