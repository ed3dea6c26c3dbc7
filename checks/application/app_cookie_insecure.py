"""A session cookie is sent over unencrypted connections.

## Why it matters
Without the Secure attribute the browser also sends the cookie over http. One request in clear text, which anybody on the
same network can provoke, hands over the session of a clinician.

## Bad
```text .env
SESSION_COOKIE_SECURE=False  # <-
```

## Bad: the words of another framework
```yaml compose.yaml
services:
  portal:
    image: clinic/portal:1.4
    environment:
      JWT_COOKIE_SECURE: "false"  # <-
```

## Good
```text .env
SESSION_COOKIE_SECURE=True
```

## Good: a cookie that identifies nobody
```text .env
LANGUAGE_COOKIE_SECURE=False
```

## Fix
Send the cookie over https only:
```text
SESSION_COOKIE_SECURE=True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_SECURE: https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-secure
- RFC 6265, section 4.1.2.5, The Secure Attribute
"""

from collections.abc import Iterator

from auditor.api import HIGH, ApplicationSettings, Control, Diagnostic, check, fail

_NAMES = (
    "*COOKIE_SECURE",
    "*COOKIES_SECURE",
    "*COOKIE_HTTPS_ONLY",
    "*SECURE_COOKIE",
    "*SECURE_COOKIES",
    "*SESSION_HTTPS_ONLY",
    "*SESSION_SECURE",
)


@check(
    "app-cookie-insecure",
    severity=HIGH,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=614,
)
def app_cookie_insecure(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named(*_NAMES):
        if entry.is_false and "LANGUAGE" not in entry.key:
            yield fail(
                f"{entry.name} is off, so that the cookie is also sent over http",
                at=entry.at,
                severity=settings.scale(HIGH),
                key=entry.name,
                expected=f"{entry.name}=true",
            )
