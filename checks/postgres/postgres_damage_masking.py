"""PostgreSQL is told to pass over damaged data.

## Why it matters
`zero_damaged_pages` overwrites damaged pages with zeros, `ignore_checksum_failure` and `ignore_invalid_pages`
go on with wrong ones, `allow_system_table_mods` lets the catalogue be edited. They are for one rescue
session, not for a configuration file: data vanish without an error.

## Bad
```text postgresql.conf
zero_damaged_pages = on # <-
```

## Bad: two at once
```text postgresql.conf
ignore_checksum_failure = true # <-
ignore_invalid_pages = on # <-
```

## Good
```text postgresql.conf
zero_damaged_pages = off
```

## Good: the default
```text postgresql.conf
port = 5432
```

## Fix
Remove the line:
```text postgresql.conf
zero_damaged_pages = off
```

## References
- PostgreSQL 18 manual, 19.17 Developer Options: https://www.postgresql.org/docs/18/runtime-config-developer.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres

_SWITCHES = ("zero_damaged_pages", "ignore_checksum_failure", "ignore_invalid_pages", "allow_system_table_mods")


@check("postgres-damage-masking", severity=HIGH, control=Control.INTEGRITY)
def postgres_damage_masking(postgres: Postgres) -> Iterator[Diagnostic]:
    for name in _SWITCHES:
        if known(postgres.on(name)):
            yield fail(
                f"{name} is on, so that damage is passed over without an error", at=postgres.where(name), key=name
            )
