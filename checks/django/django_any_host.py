"""A Django project believes any host name.

## Why it matters
A request's Host header ends up in links that the application mails out, such as a password reset. With `*` every client
chooses it.

## Bad
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
ALLOWED_HOSTS = ["*"]  # <-
```

## Good
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
ALLOWED_HOSTS = ["portal.clinic.example", ".wards.clinic.example"]
```

## Good: a later line
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
ALLOWED_HOSTS = ["*"]
ALLOWED_HOSTS = ["portal.clinic.example"]
```

## Fix
Name the hosts in use:
```python
ALLOWED_HOSTS = ["portal.clinic.example"]
```

## References
- Django 5.2, Settings, ALLOWED_HOSTS: https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings


@check("django-any-host", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, also=(Control.AUDIT_LOGGING,), cwe=348)
def django_any_host(django: DjangoSettings) -> Iterator[Diagnostic]:
    if known(django.lists("ALLOWED_HOSTS", "*")):
        condition = django.unless("ALLOWED_HOSTS")
        yield fail(
            f"ALLOWED_HOSTS is *, so that any host name is believed{condition}",
            at=django.where("ALLOWED_HOSTS"),
            confidence=Confidence.MEDIUM if condition else None,
            key="ALLOWED_HOSTS",
            expected="the names in use",
        )
