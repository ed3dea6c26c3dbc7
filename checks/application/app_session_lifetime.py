"""A session stays open for more than half an hour without use.

## Why it matters
At a shared workstation the next person finds the last one's session. Automatic logoff ends a session that nobody uses;
frameworks' own values are far too long for that (Django two weeks, Flask a month).

## Bad: two weeks
```text .env
SESSION_COOKIE_AGE=1209600  # <-
```

## Bad: Laravel counts minutes
```text .env
SESSION_LIFETIME=120  # <-
```

## Bad: Spring Session, in seconds
```yaml src/main/resources/application.yml
spring:
  session:
    timeout: 86400 # <-
```

## Bad: a reactive Spring application
```yaml src/main/resources/application.yml
server:
  reactive:
    session:
      timeout: 8h # <-
```

## Good
```text .env
SESSION_COOKIE_AGE=900
```

## Good: Kafka's sessions are not people's
```text .env
KAFKA_CONSUMER_SESSION_TIMEOUT_MS=3600000
```

## Fix
End unused sessions after a quarter of an hour:
```text
SESSION_COOKIE_AGE=900
```

## References
- Django 5.2, Settings, SESSION_COOKIE_AGE (seconds): https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-age
- Flask 3.1, PERMANENT_SESSION_LIFETIME (seconds): https://flask.palletsprojects.com/en/stable/config/
- Laravel 12, config/session.php, SESSION_LIFETIME (minutes): https://laravel.com/docs/12.x/session
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail, span_words

from ._lifetimes import is_about, lifetime

_SUBJECTS = (("SESSION",),)
_OTHER_SESSIONS = frozenset(
    [
        "KAFKA",
        "ZOOKEEPER",
        "ZK",
        "CONSUMER",
        "DB",
        "DATABASE",
        "SQL",
        "SSH",
        "LDAP",
        "CONSUL",
        "REFRESH",
        "UPLOAD",
        "TLS",
        "SSL",
        "BGP",
        "SPARK",
        "AFFINITY",
        "STICKY",
        "CACHE",
        "ROLE",
        "STS",
    ]
)
_UNITS = {
    "PERMANENT_SESSION_LIFETIME": 1.0,
    "SERVER_REACTIVE_SESSION_TIMEOUT": 1.0,
    "SERVER_SERVLET_SESSION_TIMEOUT": 1.0,
    "SESSION_COOKIE_AGE": 1.0,
    "SESSION_LIFETIME": 60.0,
    "SPRING_SESSION_TIMEOUT": 1.0,
}


@check("app-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def app_session_lifetime(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.entries:
        if not is_about(entry, _SUBJECTS, _OTHER_SESSIONS):
            continue
        seconds = lifetime(entry, _UNITS)
        if seconds is not None and seconds > 1800:
            yield fail(
                f"{entry.name} keeps an unused session open for {span_words(seconds)}",
                at=entry.at,
                severity=settings.scale(MEDIUM),
                key=entry.name,
                expected="15 minutes",
            )
