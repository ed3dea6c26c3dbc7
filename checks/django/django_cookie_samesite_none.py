"""Django's session cookie is sent with other sites' requests and without Secure.

## Why it matters
With SameSite=None another site's page can send requests in the name of a signed-in clinician. Applications that run inside
another one's frame need it, but only together with Secure; browsers drop the cookie otherwise or send it in clear text.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_SAMESITE = "None"  # <-
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_SAMESITE = "Strict"
```

## Good: embedded in another application, over https only
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_SAMESITE = "None"
SESSION_COOKIE_SECURE = True
```

## Good: None without quotes leaves the attribute out
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
SESSION_COOKIE_SAMESITE = None
```

## Fix
Leave SameSite at Lax, and set Secure to true:
```python
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_SAMESITE (default "Lax"): https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-samesite
- RFC 6265bis (draft), section 4.1.2.7, The SameSite Attribute
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings

from ._common import has_middleware, uses

_NAME = "SESSION_COOKIE_SAMESITE"


@check("django-cookie-samesite-none", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=1275)
def django_cookie_samesite_none(django: DjangoSettings) -> Iterator[Diagnostic]:
    if known(django.text(_NAME)).lower() != "none" or known(django.is_true("SESSION_COOKIE_SECURE")):
        return
    if uses(django, "contrib.sessions") or has_middleware(django, "SessionMiddleware"):
        yield fail(
            f'{_NAME} is "None" without SESSION_COOKIE_SECURE, so that the cookie goes along with requests from any site',
            at=django.where(_NAME),
            key=_NAME,
            expected=f'{_NAME} = "Lax"',
        )
