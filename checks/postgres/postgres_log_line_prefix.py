"""PostgreSQL's log lines do not name the user, database and client.

## Why it matters
Only `log_line_prefix` puts the user (`%u`), the database (`%d`) and the client (`%h` or `%r`) on each line;
the default has none of them. Lines that cannot be attributed to a person prove nothing. (csvlog and jsonlog
have these columns anyway.)

## Bad
```text postgresql.conf
log_line_prefix = '%m [%p] ' # <-
```

## Bad: a per cent sign, not the user
```text postgresql.conf
log_line_prefix = '%m %%u %d %h ' # <-
```

## Bad: the default, with statements logged
```text postgresql.conf
log_statement = all # <-
```

## Good: nothing to attribute
```text postgresql.conf
port = 5432
```

## Good
```text postgresql.conf
log_line_prefix = '%m [%p] %u@%d %h '
```

## Good: padded
```text postgresql.conf
log_line_prefix = '%t %-10u %d %r '
```

## Good: CSV has columns for them
```text postgresql.conf
log_destination = 'csvlog'
logging_collector = on
```

## Fix
Add user, database and client:
```text postgresql.conf
log_line_prefix = '%m [%p] %u@%d %h '
```

## References
- PostgreSQL 18 manual, 19.8 Error Reporting and Logging: https://www.postgresql.org/docs/18/runtime-config-logging.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.postgres import Postgres

_ESCAPE = lazy(r"%-?[0-9]*(.)")
_NEEDED = {"user": {"u"}, "database": {"d"}, "client": {"h", "r"}}


@check("postgres-log-line-prefix", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def postgres_log_line_prefix(postgres: Postgres) -> Iterator[Diagnostic]:
    destinations = {item.lower() for item in known(postgres.items("log_destination"))}
    if destinations and destinations <= {"csvlog", "jsonlog"}:
        return
    logs_sessions = (
        known(postgres.logs_connections)
        or known(postgres.text("log_statement")) != "none"
        or "pgaudit" in known(postgres.libraries)
    )
    if not logs_sessions and not postgres.settings.is_explicit("log_line_prefix"):
        return  # nothing is logged that could be attributed; that is what the other checks say
    escapes = set(_ESCAPE.findall(known(postgres.text("log_line_prefix"))))
    missing = [what for what, letters in _NEEDED.items() if not escapes & letters]
    if missing:
        yield fail(
            f"log_line_prefix does not name the {', '.join(missing)}, so that log lines cannot be attributed",
            at=postgres.where("log_line_prefix"),
            severity=MEDIUM if "user" in missing and postgres.settings.is_explicit("log_line_prefix") else LOW,
            expected="%u, %d and %h (or %r)",
        )
