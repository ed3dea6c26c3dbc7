"""A Django session stays open for more than half an hour without use.

## Why it matters
At a shared workstation the next person finds the last one's session. Automatic logoff ends a session that nobody uses;
Django's own value is two weeks.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_AGE = 60 * 60 * 24  # <-
```

## Bad: Django's default
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_AGE = 900
SESSION_SAVE_EVERY_REQUEST = True
```

## Fix
End unused sessions after a quarter of an hour:
```python
SESSION_COOKIE_AGE = 900
SESSION_SAVE_EVERY_REQUEST = True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_AGE (default 1209600 seconds): https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-age
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, span_words
from auditor.technologies.python import DjangoSettings

from ._common import uses

_NAME = "SESSION_COOKIE_AGE"
_LOGOFF = ("session_security", "django_auto_logout", "session_timeout", "auto_logout")
"""Apps that end idle sessions themselves."""


@check("django-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def django_session_lifetime(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not uses(django, "contrib.sessions"):
        return
    middleware = known(django.items("MIDDLEWARE"))
    if uses(django, *_LOGOFF) or any(isinstance(m, str) and any(word in m for word in _LOGOFF) for m in middleware):
        yield not_evaluated("an app ends idle sessions by rules of its own")
        return
    seconds = known(django.number(_NAME))
    if seconds is None or seconds <= 1800:
        return
    ends_with_browser = known(django.is_true("SESSION_EXPIRE_AT_BROWSER_CLOSE"))
    yield fail(
        f"{_NAME} keeps an unused session open for {span_words(seconds)}{django.unless(_NAME)}",
        at=django.where(_NAME),
        severity=LOW if ends_with_browser else MEDIUM,
        key=_NAME,
        expected="900",
    )
