"""PostgreSQL overwrites its logs when their names come round again.

## Why it matters
With `log_truncate_on_rotation` a file name without a date, such as `postgresql-%a.log`, is emptied when its day comes
again: what happened more than a week ago cannot be looked up. Records of access are wanted for years.

## Bad: a file for each day of the week
```text postgresql.conf
logging_collector = on
log_filename = 'postgresql-%a.log'  # <-
log_truncate_on_rotation = on
```

## Good
```text postgresql.conf
logging_collector = on
log_filename = 'postgresql-%Y-%m-%d.log'
log_truncate_on_rotation = on
```

## Good: nothing is emptied
```text postgresql.conf
logging_collector = on
log_filename = 'postgresql-%a.log'
```

## Good: the collector is off
```text postgresql.conf
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
```

## Fix
Put the date into the name, and move old files to where they are kept:
```text
log_filename = 'postgresql-%Y-%m-%d_%H%M%S.log'
log_truncate_on_rotation = off
```

## References
- PostgreSQL 18 manual, 19.8 Error Reporting and Logging: https://www.postgresql.org/docs/18/runtime-config-logging.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres

_WITH_YEAR = "YyGgCcDFsx+"
"""Letters of strftime that tell the year, or all of the time: such a name does not come again."""


@check("postgres-log-overwritten", severity=LOW, control=Control.AUDIT_LOGGING, cwe=779)
def postgres_log_overwritten(postgres: Postgres) -> Iterator[Diagnostic]:
    if not known(postgres.on("logging_collector")) or not known(postgres.on("log_truncate_on_rotation")):
        return
    name = known(postgres.text("log_filename"))
    if not any(f"%{letter}" in name for letter in _WITH_YEAR):
        yield fail(
            f"The log is overwritten when the name {name} comes round again",
            at=postgres.where("log_filename"),
            confidence=Confidence.MEDIUM,  # something else may have taken the lines to where they are kept
            expected="log_filename with the date, or log_truncate_on_rotation = off",
        )
