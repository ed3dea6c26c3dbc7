"""Django keeps passwords as hashes that are quickly reversed.

## Why it matters
The first hasher of the list is the one for new passwords. MD5 and SHA-1 are made to be fast: from a stolen table, billions
of guesses a second are tried. They belong into tests.

## Bad
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
PASSWORD_HASHERS = [  # <-
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
```

## Good
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
```

## Good: an old hash is only read, and replaced at the next log-in
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.UnsaltedMD5PasswordHasher",
]
```

## Good: a settings module for tests
```python portal/settings/production.py
ROOT_URLCONF = "portal.urls"
```
```python portal/settings/test.py
from .production import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
```

## Fix
Put a slow hasher first:
```python
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
```

## References
- Django 5.2, Password management, How Django stores passwords: https://docs.djangoproject.com/en/5.2/topics/auth/passwords/#how-django-stores-passwords
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings

_NAME = "PASSWORD_HASHERS"
_FAST = ("MD5PasswordHasher", ".SHA1PasswordHasher", "UnsaltedSHA1PasswordHasher", "CryptPasswordHasher")


@check("django-weak-hasher", severity=HIGH, control=Control.PASSWORD_POLICY, cwe=916)
def django_weak_hasher(django: DjangoSettings) -> Iterator[Diagnostic]:
    hashers = known(django.items(_NAME))
    first = known(hashers[0]) if hashers else ""
    if isinstance(first, str) and first.endswith(_FAST):
        name = first.rpartition(".")[2]
        yield fail(
            f"New passwords are kept as hashes of {name}, which is made to be fast",
            at=django.where(_NAME),
            key=_NAME,
            expected="Argon2PasswordHasher",
        )
