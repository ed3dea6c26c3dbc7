"""Django sends mail to another host without TLS.

## Why it matters
Mails carry links that reset passwords, and the log-in of the mail account goes along. In clear text everybody on the path
reads both.

## Bad
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
EMAIL_HOST = "mail.clinic.example"  # <-
```

## Good
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
EMAIL_HOST = "mail.clinic.example"
EMAIL_USE_TLS = True
```

## Good: a mail server on the same host
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
EMAIL_HOST = "localhost"
```

## Good: nothing is sent
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
EMAIL_HOST = "mail.clinic.example"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
```

## Fix
Use STARTTLS:
```python
EMAIL_USE_TLS = True
```

## References
- Django 5.2, Settings, EMAIL_USE_TLS (default False): https://docs.djangoproject.com/en/5.2/ref/settings/#email-use-tls
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings

_LOCAL = frozenset({"", "localhost", "127.0.0.1", "::1"})


@check("django-mail-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def django_mail_clear(django: DjangoSettings) -> Iterator[Diagnostic]:
    host = known(django.text("EMAIL_HOST"))
    if host in _LOCAL or not known(django.text("EMAIL_BACKEND")).endswith("smtp.EmailBackend"):
        return
    if not known(django.is_true("EMAIL_USE_TLS")) and not known(django.is_true("EMAIL_USE_SSL")):
        yield fail(
            f"Mail is sent to {host} without TLS{django.unless('EMAIL_USE_TLS')}",
            at=django.where("EMAIL_HOST"),
            key="EMAIL_USE_TLS",
            expected="EMAIL_USE_TLS = True",
        )
