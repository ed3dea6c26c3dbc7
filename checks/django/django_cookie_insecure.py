"""Django sends session cookies over unencrypted connections.

## Why it matters
Without the Secure attribute the browser also sends the cookie over http. One request in clear text, which anybody on the
same network can provoke, hands over the session of a clinician. Django leaves the attribute out unless it is told.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = []
SESSION_COOKIE_SECURE = False  # <-
```

## Bad: Django's default
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
```

## Good: no sessions
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
```

## Good: outside of debug mode
```python portal/settings.py
DEBUG = False
INSTALLED_APPS = ["django.contrib.sessions"]
if not DEBUG:
    SESSION_COOKIE_SECURE = True
```

## Fix
Send cookies over https only:
```python
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_SECURE (default False): https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-secure
- Django 5.2, System check framework, security.W012 and W016: https://docs.djangoproject.com/en/5.2/ref/checks/#security
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Severity, Unknown, check, fail, known, not_evaluated
from auditor.technologies.python import DjangoSettings

from ._common import has_middleware, uses


@check(
    "django-cookie-insecure",
    severity=HIGH,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=614,
)
def django_cookie_insecure(django: DjangoSettings) -> Iterator[Diagnostic]:
    judged: list[tuple[str, Severity]] = []
    if uses(django, "contrib.sessions") or has_middleware(django, "SessionMiddleware"):
        judged.append(("SESSION_COOKIE_SECURE", HIGH))
    if has_middleware(django, "CsrfViewMiddleware") and not known(django.is_true("CSRF_USE_SESSIONS")):
        judged.append(("CSRF_COOKIE_SECURE", MEDIUM))
    for name, severity in judged:
        is_secure = django.is_true(name)
        if isinstance(is_secure, Unknown):
            yield not_evaluated(is_secure.reason)
        elif not is_secure:
            yield fail(
                f"{name} is off{django.unless(name)}, so that the cookie is also sent over http",
                at=django.where(name),
                severity=severity,
                key=name,
                expected=f"{name} = True",
            )
