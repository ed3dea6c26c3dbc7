"""pgAudit is loaded but records nothing.

## Why it matters
Once loaded, pgAudit writes only the classes that `pgaudit.log` names, and its default is `none`. (Object
auditing through `pgaudit.role` is the other way to make it record.)

## Bad
```text postgresql.conf
shared_preload_libraries = 'pgaudit' # <-
```

## Bad: none
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'none' # <-
```

## Good
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'read, write, ddl, role'
```

## Good: object auditing
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.role = 'auditor'
```

## Fix
Name the classes to record:
```text postgresql.conf
pgaudit.log = 'read, write, ddl, role'
```

## References
- pgAudit, Settings: https://github.com/pgaudit/pgaudit#settings
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-pgaudit-silent", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def postgres_pgaudit_silent(postgres: Postgres) -> Iterator[Diagnostic]:
    if "pgaudit" not in known(postgres.libraries) or known(postgres.is_set("pgaudit.role")):
        return
    classes = {item.lower() for item in known(postgres.items("pgaudit.log"))}
    if not classes - {"none"}:
        name = "pgaudit.log" if "pgaudit.log" in postgres.settings else "shared_preload_libraries"
        yield fail(
            "pgAudit is loaded, but pgaudit.log names no class, so that nothing is recorded", at=postgres.where(name)
        )
