"""Django accepts weak passwords.

## Why it matters
Short and common passwords are guessed online, and from a stolen table of hashes within hours. Django checks nothing unless
validators are listed, and eight characters unless a length is given.

## Bad: no rules
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth"]
AUTH_PASSWORD_VALIDATORS = []  # <-
```

## Bad: eight characters are the validator's default
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth"]
AUTH_PASSWORD_VALIDATORS = [  # <-
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
```

## Bad: common passwords
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth"]
AUTH_PASSWORD_VALIDATORS = [  # <-
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
]
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.auth"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
```

## Good: no users
```python portal/settings.py
INSTALLED_APPS = ["django.contrib.staticfiles"]
```

## Fix
Require twelve characters, and refuse common passwords:
```python
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
```

## References
- Django 5.2, Password management, Password validation (min_length 8): https://docs.djangoproject.com/en/5.2/topics/auth/passwords/#password-validation
- NIST SP 800-63B-4, section 3.1.1 (passwords)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings, entries_of

from ._common import uses

_NAME = "AUTH_PASSWORD_VALIDATORS"
_KNOWN = (
    "MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator", "UserAttributeSimilarityValidator"
)  # fmt: skip


@check("django-password-rules", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def django_password_rules(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not uses(django, "contrib.auth"):
        return
    validators = [known(item) for item in known(django.items(_NAME))]
    length, has_common, has_others = None, False, False
    for validator in validators:
        entries = entries_of(validator) or {}
        name = known(entries.get("NAME"))
        if not isinstance(name, str) or not name.endswith(_KNOWN):
            has_others = True  # it may ask for more than Django's own
        elif name.endswith("CommonPasswordValidator"):
            has_common = True
        elif name.endswith("MinimumLengthValidator"):
            options = entries_of(known(entries.get("OPTIONS"))) or {}
            length = known(options.get("min_length", 8))
    problem = ""
    if not validators:
        problem = f"any password: {_NAME} is empty{django.unless(_NAME)}"
    elif length is None and not has_others:
        problem = "passwords of any length"
    elif isinstance(length, int) and length < 12:
        problem = f"passwords of {length} characters"
    elif not has_common and not has_others:
        problem = "the most common passwords"
    if problem:
        message = f"Django accepts {problem}"
        yield fail(message, at=django.where(_NAME), key=_NAME, expected="12 characters, common passwords refused")
