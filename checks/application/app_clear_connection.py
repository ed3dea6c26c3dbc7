"""An application connects to its servers without verified TLS.

## Why it matters
Records and passwords cross the network between the application and its stores. In clear text everybody on the path reads
them; with TLS that verifies nothing somebody on the path can answer in the server's place. A container network is a path,
too: intruders move sideways through it.

## Bad
```text .env
DATABASE_URL=postgresql://app@db.clinic.example/records?sslmode=disable  # <-
```

## Bad: encrypted, but to whoever answers
```text .env
DATABASE_URL=postgresql://app@db.clinic.example/records?sslmode=require  # <-
```

## Bad: another container
```yaml compose.yaml
services:
  portal:
    image: clinic/portal:1.4
    environment:
      CELERY_BROKER_URL: amqp://broker:5672/  # <-
```

## Bad: JDBC
```text .env
SPRING_DATASOURCE_URL=jdbc:mysql://db.clinic.example/records?useSSL=false  # <-
```

## Bad: mail to another host
```text .env
EMAIL_HOST=mail.clinic.example
EMAIL_USE_TLS=False  # <-
```

## Good
```text .env
DATABASE_URL=postgresql://app@db.clinic.example/records?sslmode=verify-full
REDIS_URL=rediss://cache.clinic.example:6380/0
MONGODB_URI=mongodb://db1.clinic.example,db2.clinic.example/records?tls=true
```

## Good: the same host
```text .env
DATABASE_URL=postgresql://app@localhost/records
REDIS_URL=redis://127.0.0.1:6379/0
```

## Good: a Unix socket, and mail over TLS from the start
```text .env
DATABASE_URL=postgresql:///records?host=/run/postgresql
EMAIL_HOST=mail.clinic.example
EMAIL_USE_TLS=False
EMAIL_USE_SSL=True
```

## Good: libpq's own variable
```text .env
DATABASE_URL=postgresql://app@db.clinic.example/records
PGSSLMODE=verify-full
```

## Fix
Connect with TLS that verifies the server.
```text
DATABASE_URL=postgresql://app@db.clinic.example/records?sslmode=verify-full&sslrootcert=/etc/ssl/clinic-ca.pem
REDIS_URL=rediss://cache.clinic.example:6380/0
```

## References
- PostgreSQL 17, libpq, section 32.19.1: https://www.postgresql.org/docs/17/libpq-ssl.html
- MySQL Connector/J 9, Security: https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html
- MongoDB manual 8.0, Connection String Options: https://www.mongodb.com/docs/manual/reference/connection-string-options/
"""

from collections.abc import Iterator

from auditor.api import (
    HIGH,
    MEDIUM,
    ApplicationSettings,
    Control,
    Diagnostic,
    Severity,
    Url,
    check,
    fail,
    not_evaluated,
)

from ._connections import Protection, mail_switch, protection

_USUAL = (
    "*AMQP_URL",
    "*BROKER_URL",
    "*DATABASE_URI",
    "*DATABASE_URL",
    "*DB_URL",
    "*MONGODB_URI",
    "*MONGODB_URL",
    "*MONGO_URI",
    "*MONGO_URL",
    "*REDIS_URL",
)
_MAIL_PASSWORDS = ("EMAIL_HOST_PASSWORD", "*MAIL_PASSWORD", "*SMTP_PASSWORD", "*MAIL_PASS", "*SMTP_PASS")


@check("app-clear-connection", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def app_clear_connection(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.entries:
        url = entry.url
        if url is None or not url.hosts or url.is_loopback or url.options.get("host", "").startswith("/"):
            continue
        found = protection(url, settings)
        if found is None or found is Protection.VERIFIED:
            continue
        yield fail(
            f"{entry.name} connects to {url.scheme}://{url.host} {found.value}",
            at=entry.at,
            severity=settings.scale(_severity(url, found)),
            key=entry.name,
            expected="TLS that verifies the server",
        )
    mail = mail_switch(settings)
    if mail is not None:
        what = "mail and its password are" if any(settings.named(*_MAIL_PASSWORDS)) else "mail is"
        message = f"{mail.name} is off, so that {what} sent without TLS"
        yield fail(message, at=mail.at, severity=settings.scale(HIGH), key=mail.name, expected="STARTTLS or TLS")
    if reason := settings.unknown(*_USUAL):
        yield not_evaluated(reason)


def _severity(url: Url, found: Protection) -> Severity:
    """Clear text to another host is high; the container network, and TLS that is not verified, a step less each."""
    severity = MEDIUM if found is Protection.UNVERIFIED else HIGH
    return severity.lowered(1) if url.is_neighbour else severity
