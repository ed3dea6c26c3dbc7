"""PostgreSQL keeps no audit log of statements.

## Why it matters
With `log_statement = none` and no pgAudit nothing tells who read or changed a record. `ddl` and `mod` leave
out every SELECT; reading patient data is what an audit trail is for, so pgAudit is the usual answer.

## Bad
```text postgresql.conf
log_statement = 'none' # <-
```

## Bad: a library for something else
```text postgresql.conf
shared_preload_libraries = 'pg_stat_statements'
log_statement = none # <-
```

## Good: pgAudit
```text postgresql.conf
shared_preload_libraries = 'pg_stat_statements, pgaudit'
pgaudit.log = 'read, write, ddl, role'
```

## Good: every statement
```text postgresql.conf
log_statement = 'all'
```

## Fix
Load pgAudit and name the classes to record.
```text postgresql.conf
shared_preload_libraries = 'pgaudit'
pgaudit.log = 'read, write, ddl, role'
```

## References
- PostgreSQL 18 manual, 19.8 Error Reporting and Logging: https://www.postgresql.org/docs/18/runtime-config-logging.html
- pgAudit, Settings: https://github.com/pgaudit/pgaudit#settings
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check("postgres-statement-logging", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def postgres_statement_logging(postgres: Postgres) -> Iterator[Diagnostic]:
    level = known(postgres.text("log_statement"))
    if level == "all" or "pgaudit" in known(postgres.libraries):
        return  # what pgAudit records is another check
    if known(postgres.number("log_min_duration_statement")) == 0:
        return  # every statement is logged with its duration
    why = "nothing records statements" if level == "none" else f"log_statement = {level} leaves out reading"
    yield fail(
        f"PostgreSQL keeps no audit log: {why}, and pgAudit is not loaded",
        at=postgres.where("log_statement"),
        severity=MEDIUM if level == "none" else LOW,
    )
