"""PostgreSQL cannot repair pages torn by a crash.

## Why it matters
A page that was half written when the power failed can only be restored from its full image in the write-ahead
log. Without `full_page_writes` it stays corrupt, perhaps unnoticed.

## Bad
```text postgresql.conf
full_page_writes = off # <-
```

## Bad: a prefix of the word
```text postgresql.conf
full_page_writes = of # <-
```

## Good
```text postgresql.conf
full_page_writes = on
```

## Good: the default
```text postgresql.conf
port = 5432
```

## Fix
Remove the line; the default is on.
```text postgresql.conf
full_page_writes = on
```

## References
- PostgreSQL 18 manual, 19.5 Write Ahead Log: https://www.postgresql.org/docs/18/runtime-config-wal.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-full-page-writes-off", severity=HIGH, control=Control.INTEGRITY, also=(Control.DURABILITY,))
def postgres_full_page_writes_off(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.on("full_page_writes")):
        yield fail(
            "full_page_writes is off, so that pages torn by a crash stay corrupt", at=postgres.where("full_page_writes")
        )
