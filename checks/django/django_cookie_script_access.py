"""Scripts in the page can read Django's session cookie.

## Why it matters
Without the HttpOnly attribute one injected script is enough to copy the session and use it elsewhere.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_HTTPONLY = False  # <-
```

## Good: the default
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
```

## Good: the CSRF cookie is made for scripts
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
CSRF_COOKIE_HTTPONLY = False
```

## Fix
Keep the cookie from scripts:
```python
SESSION_COOKIE_HTTPONLY = True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_HTTPONLY (default True): https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-httponly
- Django 5.2, System check framework, security.W013: https://docs.djangoproject.com/en/5.2/ref/checks/#security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings

from ._common import has_middleware, uses

_NAME = "SESSION_COOKIE_HTTPONLY"


@check("django-cookie-script-access", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=1004)
def django_cookie_script_access(django: DjangoSettings) -> Iterator[Diagnostic]:
    if known(django.is_true(_NAME)):
        return
    if uses(django, "contrib.sessions") or has_middleware(django, "SessionMiddleware"):
        condition = django.unless(_NAME)
        yield fail(
            f"{_NAME} is off{condition}, so that scripts can read the session cookie",
            at=django.where(_NAME),
            confidence=Confidence.MEDIUM if condition else None,
            key=_NAME,
            expected=f"{_NAME} = True",
        )
