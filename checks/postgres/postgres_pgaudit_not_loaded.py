"""pgAudit is configured but not loaded, so nothing is audited.

## Why it matters
The server takes `pgaudit.*` settings without the library and without a word: it starts, and not one audit
line is written.

## Bad
```text postgresql.conf
pgaudit.log = 'read, write' # <-
```

## Bad: the list is set again further down
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'all' # <-
shared_preload_libraries = 'pg_stat_statements'
```

## Good
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'read, write'
```

## Good: switched off on purpose
```text postgresql.conf
pgaudit.log = 'none'
```

## Fix
Load the library (a restart is needed):
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
```

## References
- pgAudit, Settings: https://github.com/pgaudit/pgaudit#settings
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check(
    "postgres-pgaudit-not-loaded",
    severity=HIGH,
    control=Control.AUDIT_LOGGING,
    also=(Control.CONFIGURATION_HYGIENE,),
    cwe=778,
)
def postgres_pgaudit_not_loaded(postgres: Postgres) -> Iterator[Diagnostic]:
    names = sorted(
        name for name in postgres.settings if name.startswith("pgaudit.") and postgres.settings.is_explicit(name)
    )
    wanted = [name for name in names if known(postgres.text(name)).lower() != "none"]
    if wanted and "pgaudit" not in known(postgres.libraries):
        first = "pgaudit.log" if "pgaudit.log" in wanted else wanted[0]
        yield fail(
            f"{first} is set, but shared_preload_libraries does not name pgaudit, so that nothing is audited",
            at=postgres.where(first),
        )
