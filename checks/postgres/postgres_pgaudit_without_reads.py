"""pgAudit leaves out reading or writing.

## Why it matters
Who looked at a patient's data is what an audit trail is asked for first. pgAudit writes only the classes that
`pgaudit.log` names: `read` for SELECT and COPY, `write` for INSERT, UPDATE, DELETE and TRUNCATE. A list such as
`ddl, role` records neither. (Object auditing through `pgaudit.role` records both for chosen tables.)

## Bad
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'ddl, role, write' # <-
```

## Bad: taken out of all
```text postgresql.conf
shared_preload_libraries = 'pg_stat_statements, pgaudit'
pgaudit.log = 'ALL, -misc, -READ' # <-
```

## Good
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'read, write, ddl, role'
```

## Good: all but noise
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'all, -misc'
```

## Good: object auditing
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'ddl, role'
pgaudit.role = 'auditor'
```

## Good: the server logs every statement itself
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'ddl'
log_statement = 'all'
```

## Good: the server logs every change itself
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'read, ddl, role'
log_statement = 'mod'
```

## Fix
```text postgresql.conf
pgaudit.log = 'read, write, ddl, role'
```

## References
- pgAudit, Settings (pgaudit.log): https://github.com/pgaudit/pgaudit#settings
"""

from collections.abc import Iterator, Sequence

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres

_ASKED = ("read", "write")


def _missing(items: Sequence[str]) -> list[str]:
    """Return the classes that a list of classes, applied from left to right, leaves out."""
    found: set[str] = set()
    for item in (each.strip().lower() for each in items):
        name = item.removeprefix("-")
        classes = set(_ASKED) if name == "all" else {name}
        found = found - classes if item.startswith("-") else found | classes
    return [name for name in _ASKED if name not in found]


@check("postgres-pgaudit-without-reads", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def postgres_pgaudit_without_reads(postgres: Postgres) -> Iterator[Diagnostic]:
    if "pgaudit" not in known(postgres.libraries) or known(postgres.is_set("pgaudit.role")):
        return
    items = known(postgres.items("pgaudit.log"))
    statements = known(postgres.text("log_statement"))
    if not {item.lower() for item in items} - {"none"} or statements == "all":
        return  # an empty list is another check
    missing = [name for name in _missing(items) if (name, statements) != ("write", "mod")]
    if missing:
        yield fail(
            f"pgAudit does not record what clients {' and '.join(missing)}: pgaudit.log leaves it out",
            at=postgres.where("pgaudit.log"),
            expected="pgaudit.log = 'read, write, ddl, role'",
        )
