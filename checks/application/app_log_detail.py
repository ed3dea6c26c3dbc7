"""An application writes the data it works on to its log.

## Why it matters
Statements with their values, request bodies and headers hold patients' data and session tokens. Logs are copied to more
places and read by more people than the database, and are kept without its protection.

## Bad
```text .env
SQLALCHEMY_ECHO=True  # <-
```

## Bad: whole requests
```text .env
LOG_REQUEST_BODY=true  # <-
```

## Bad: every detail that libraries log
```text .env.production
LOG_LEVEL=debug  # <-
```

## Good
```text .env.production
LOG_LEVEL=info
SQLALCHEMY_ECHO=False
```

## Good: at a developer's desk, without real patients
```text .env.local
LOG_LEVEL=debug
SQLALCHEMY_ECHO=True
```

## Fix
Log at level info and leave data out.
```text
LOG_LEVEL=info
SQLALCHEMY_ECHO=False
```

## References
- SQLAlchemy 2.0, Configuring Logging: https://docs.sqlalchemy.org/en/20/core/engines.html#configuring-logging
- OWASP Logging Cheat Sheet, Data to exclude
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_CONTENT = (
    "*DATABASE_ECHO",
    "*DB_ECHO",
    "*ECHO_SQL",
    "*LOG_HEADERS",
    "*LOG_PAYLOADS",
    "*LOG_REQUEST_BODIES",
    "*LOG_REQUEST_BODY",
    "*LOG_REQUEST_HEADERS",
    "*LOG_RESPONSE_BODY",
    "*LOG_SQL",
    "*SQLALCHEMY_ECHO",
    "*SQL_ECHO",
)
_STATEMENTS = ("*SHOW_SQL",)
"""Hibernate's, which leaves the values out."""
_LEVELS = (
    "APP_LOG_LEVEL",
    "DJANGO_LOG_LEVEL",
    "LOGGING_LEVEL",
    "LOGGING_LEVEL_ROOT",
    "LOGLEVEL",
    "LOG_LEVEL",
    "RAILS_LOG_LEVEL",
)


@check("app-log-detail", severity=MEDIUM, control=Control.PHI_EXPOSURE, also=(Control.INFORMATION_DISCLOSURE,), cwe=532)
def app_log_detail(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    if settings.is_template or settings.environment in {"development", "test"}:
        return
    for entry in settings.named(*_CONTENT):
        if entry.is_true:
            message = f"{entry.name} writes the data that is worked on to the log"
            yield fail(message, at=entry.at, key=entry.name, expected="off")
    for entry in settings.named(*_STATEMENTS):
        if entry.is_true:
            message = f"{entry.name} writes every SQL statement to the log"
            yield fail(message, at=entry.at, severity=LOW, key=entry.name, expected="off")
    for entry in settings.named(*_LEVELS):
        if entry.value.lower() in {"debug", "trace", "all", "silly"}:
            message = f"{entry.name} writes debugging detail to the log"
            yield fail(message, at=entry.at, severity=LOW, key=entry.name, expected="info")
