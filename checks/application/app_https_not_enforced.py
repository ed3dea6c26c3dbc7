"""An application is told not to insist on https.

## Why it matters
Without a redirect and HSTS a browser's first request goes out in clear text, and somebody on the same network can keep it
there and read the log-in (SSL stripping).

## Bad
```text .env
SECURE_HSTS_SECONDS=0  # <-
```

## Bad: no redirect
```text .env
SECURE_SSL_REDIRECT=False  # <-
```

## Good
```text .env
SECURE_HSTS_SECONDS=31536000
SECURE_SSL_REDIRECT=True
```

## Good: a development machine has no certificate
```text .env.local
SECURE_SSL_REDIRECT=False
```

## Fix
Redirect to https and send HSTS.
```text
SECURE_SSL_REDIRECT=True
SECURE_HSTS_SECONDS=31536000
```

Where a proxy redirects and sends HSTS for every path, record that and leave the setting to it.

## References
- Django 5.2, Security in Django, SSL/HTTPS: https://docs.djangoproject.com/en/5.2/topics/security/#ssl-https
- RFC 6797, HTTP Strict Transport Security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_SWITCHES = (
    "*ENFORCE_HTTPS",
    "*FORCE_HTTPS",
    "*FORCE_SSL",
    "*HTTPS_REDIRECT",
    "*REDIRECT_HTTPS",
    "*REQUIRE_HTTPS",
    "*SECURE_SSL_REDIRECT",
    "*SSL_REDIRECT",
)


@check("app-https-not-enforced", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def app_https_not_enforced(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    if settings.environment in {"development", "test"}:
        return
    for entry in settings.named(*_SWITCHES):
        if entry.is_false:
            message = f"{entry.name} is off, so that requests over http are not redirected to https"
            yield fail(message, at=entry.at, severity=settings.scale(MEDIUM), key=entry.name, expected="on")
    for entry in settings.named("*HSTS_SECONDS", "*HSTS_MAX_AGE", "*HSTS_ENABLED", "*ENABLE_HSTS"):
        if entry.is_false:
            message = f"{entry.name} is off, so that browsers are not told to stay with https"
            yield fail(
                message, at=entry.at, severity=settings.scale(MEDIUM), key=entry.name, expected="31536000 seconds"
            )
