"""PostgreSQL may be destroyed by a crash because fsync is off.

## Why it matters
With `fsync = off` a power failure or a crash of the host can leave the whole cluster corrupt beyond repair.
It is meant for data that can be thrown away.

## Bad
```text postgresql.conf
fsync = off # <-
```

## Bad: a flag overrides the file
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
    command: postgres -c config_file=/etc/postgresql.conf -c fsync=off # <-
    volumes:
      - ./postgresql.conf:/etc/postgresql.conf:ro
```
```text postgresql.conf
fsync = on
```

## Bad: the letter for it
```yaml compose.yaml
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD:?}
    command: ["postgres", "-F"] # <-
```

## Good
```text postgresql.conf
fsync = on
```

## Good: the last line counts
```text postgresql.conf
fsync = off
FSYNC = yes
```

## Good: postgresql.auto.conf outranks the file
```text postgresql.conf
fsync = off
```
```text postgresql.auto.conf
fsync = 'on'
```

## Fix
Remove the line; the default is on.
```text postgresql.conf
fsync = on
```

## References
- PostgreSQL 18 manual, 19.5 Write Ahead Log: https://www.postgresql.org/docs/18/runtime-config-wal.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-fsync-off", severity=CRITICAL, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def postgres_fsync_off(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.on("fsync")):
        yield fail(
            "fsync is off, so that a crash of the host can destroy the whole cluster", at=postgres.where("fsync")
        )
