"""PostgreSQL reports commits before they are safe.

## Why it matters
With `synchronous_commit = off` a crash loses the last transactions although the application was told that
they are stored: an order or a result that a clinician saw saved is gone.

## Bad
```text postgresql.conf
synchronous_commit = off # <-
```

## Bad: standbys are not waited for
```text postgresql.conf
synchronous_standby_names = 'FIRST 1 (standby1)'
synchronous_commit = local # <-
```

## Good
```text postgresql.conf
synchronous_commit = on
```

## Good: local without synchronous standbys is durable
```text postgresql.conf
synchronous_commit = local
```

## Fix
Remove the line; switch it off per transaction where loss is acceptable.
```text postgresql.conf
synchronous_commit = on
```

## References
- PostgreSQL 18 manual, 19.5 Write Ahead Log: https://www.postgresql.org/docs/18/runtime-config-wal.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-synchronous-commit-off", severity=MEDIUM, control=Control.DURABILITY)
def postgres_synchronous_commit_off(postgres: Postgres) -> Iterator[Diagnostic]:
    level = known(postgres.text("synchronous_commit"))
    if level == "off":
        yield fail(
            "synchronous_commit is off, so that acknowledged transactions are lost in a crash",
            at=postgres.where("synchronous_commit"),
        )
    elif level == "local" and known(postgres.is_set("synchronous_standby_names")):
        yield fail(
            "synchronous_commit is local, so that the synchronous standbys are not waited for",
            at=postgres.where("synchronous_commit"),
        )
