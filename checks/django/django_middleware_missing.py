"""A Django project leaves out middleware that protects it.

## Why it matters
SecurityMiddleware sends HSTS and redirects to https; without it those settings have no effect. Without CsrfViewMiddleware
another site's page sends forms in the name of a signed-in clinician.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions"]
MIDDLEWARE = [  # <-
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
```

## Bad: forms of other sites
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions"]
MIDDLEWARE = [  # <-
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
]
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
MIDDLEWARE.insert(0, "django.middleware.security.SecurityMiddleware")
```

## Fix
List both:
```python
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
```

## References
- Django 5.2, System check framework, security.W001 and W003: https://docs.djangoproject.com/en/5.2/ref/checks/#security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.python import DjangoSettings

from ._common import has_middleware

_NAME = "MIDDLEWARE"


@check("django-middleware-missing", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=352)
def django_middleware_missing(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not has_middleware(django, "SessionMiddleware"):
        return  # nobody is signed in by a cookie
    if not has_middleware(django, "SecurityMiddleware"):
        yield fail(
            "SecurityMiddleware is not among the middleware, so that HSTS and the redirect to https are off",
            at=django.where(_NAME),
            key="SecurityMiddleware",
            expected="django.middleware.security.SecurityMiddleware",
        )
    if not has_middleware(django, "CsrfViewMiddleware"):
        yield fail(
            "CsrfViewMiddleware is not among the middleware, so that other sites' pages can send forms",
            at=django.where(_NAME),
            key="CsrfViewMiddleware",
            expected="django.middleware.csrf.CsrfViewMiddleware",
        )
