"""PostgreSQL lets other users of its host read its log.

## Why it matters
Logged statements carry the values in them, so the log holds patient data. The default `0600` keeps it to the
server's own user; `0640` lets a log shipper in by its group.

## Bad
```text postgresql.conf
logging_collector = on
log_file_mode = 0644 # <-
```

## Bad: written in decimal
```text postgresql.conf
logging_collector = on
log_file_mode = 511 # <-
```

## Good
```text postgresql.conf
logging_collector = on
log_file_mode = 0640
```

## Good: the server writes no files
```text postgresql.conf
logging_collector = off
log_file_mode = 0644
```

## Fix
Open log files to their owner only, or to a group that reads:
```text postgresql.conf
log_file_mode = 0640
```

## References
- PostgreSQL 18 manual, 19.8 Error Reporting and Logging: https://www.postgresql.org/docs/18/runtime-config-logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check(
    "postgres-log-file-mode",
    severity=MEDIUM,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUDIT_LOGGING,),
    cwe=732,
)
def postgres_log_file_mode(postgres: Postgres) -> Iterator[Diagnostic]:
    mode = known(postgres.number("log_file_mode"))
    if known(postgres.on("logging_collector")) and mode & 0o027:
        yield fail(
            f"Log files get mode {mode:04o}, which lets more than their owner and a reading group in",
            at=postgres.where("log_file_mode"),
        )
