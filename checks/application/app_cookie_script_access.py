"""Scripts in the page can read a session cookie.

## Why it matters
Without the HttpOnly attribute one injected script is enough to copy the session and use it elsewhere.

## Bad
```text .env
SESSION_COOKIE_HTTPONLY=False  # <-
```

## Good
```text .env
SESSION_COOKIE_HTTPONLY=True
```

## Good: a CSRF cookie is meant to be read by the page's script
```text .env
CSRF_COOKIE_HTTPONLY=False
```

## Fix
Keep the cookie from scripts:
```text
SESSION_COOKIE_HTTPONLY=True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_HTTPONLY: https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-httponly
- RFC 6265, section 4.1.2.6, The HttpOnly Attribute
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_NAMES = ("*COOKIE_HTTPONLY", "*COOKIE_HTTP_ONLY", "*COOKIES_HTTPONLY", "*SESSION_HTTP_ONLY", "*SESSION_HTTPONLY")
_READ_BY_SCRIPTS = {"CSRF", "XSRF", "LANGUAGE"}


@check("app-cookie-script-access", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=1004)
def app_cookie_script_access(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named(*_NAMES):
        if entry.is_false and not _READ_BY_SCRIPTS & set(entry.key.split("_")):
            yield fail(
                f"{entry.name} is off, so that scripts can read the cookie",
                at=entry.at,
                severity=settings.scale(MEDIUM),
                key=entry.name,
                expected=f"{entry.name}=true",
            )
