"""A Django project neither redirects to https nor sends HSTS.

## Why it matters
Without a redirect and HSTS a browser's first request goes out in clear text, and somebody on the same network can keep it
there and read the log-in (SSL stripping).

## Bad
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
SECURE_SSL_REDIRECT = False  # <-
SECURE_HSTS_SECONDS = 0
```

## Bad: browsers forget it within an hour
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 3600  # <-
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
```

## Good: a product of numbers
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
```

## Fix
Redirect to https and send HSTS.
```python
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
```
Where a proxy redirects and sends HSTS for every path, record that and leave the setting to it.

## References
- Django 5.2, Security in Django, SSL/HTTPS: https://docs.djangoproject.com/en/5.2/topics/security/#ssl-https
- RFC 6797, HTTP Strict Transport Security
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, span_words
from auditor.technologies.python import DjangoSettings

from ._common import has_middleware

_DAY = 86400


@check("django-https-not-enforced", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def django_https_not_enforced(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not has_middleware(django, "SecurityMiddleware"):
        return  # the settings have no effect then
    seconds = known(django.number("SECURE_HSTS_SECONDS")) or 0
    redirects = known(django.is_true("SECURE_SSL_REDIRECT"))
    if 0 < seconds < 30 * _DAY:
        yield fail(
            f"SECURE_HSTS_SECONDS makes browsers stay with https for {span_words(seconds)} only",
            at=django.where("SECURE_HSTS_SECONDS"),
            severity=LOW,
            key="SECURE_HSTS_SECONDS",
            expected="31536000",
        )
    if redirects or seconds:
        return
    if known(django.is_true("SECURE_PROXY_SSL_HEADER")):
        yield not_evaluated("a proxy in front may redirect to https and send HSTS")
        return
    yield fail(
        "SECURE_SSL_REDIRECT is off and SECURE_HSTS_SECONDS is 0, so that browsers are not told to use https",
        at=django.where("SECURE_SSL_REDIRECT"),
        key="SECURE_SSL_REDIRECT",
        expected="SECURE_SSL_REDIRECT = True",
    )
