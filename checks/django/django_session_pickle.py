"""Django reads sessions with pickle.

## Why it matters
Pickle runs code that the data names. Whoever knows SECRET_KEY or may write where sessions are kept runs code on the server.
Django removed the serializer in version 5.0.

## Bad
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"  # <-
```

## Good
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
```

## Fix
Use the default:
```python
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
```

## References
- Django 4.2, How to use sessions, Session serialization: https://docs.djangoproject.com/en/4.2/topics/http/sessions/#session-serialization
- Django 5.0 release notes, Features removed in 5.0: https://docs.djangoproject.com/en/5.0/releases/5.0/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings

_NAME = "SESSION_SERIALIZER"


@check(
    "django-session-pickle", severity=HIGH, control=Control.CODE_EXECUTION, also=(Control.SESSION_MANAGEMENT,), cwe=502
)
def django_session_pickle(django: DjangoSettings) -> Iterator[Diagnostic]:
    if known(django.text(_NAME)).endswith("PickleSerializer"):
        yield fail(
            f"{_NAME} makes Django run the code that a session names",
            at=django.where(_NAME),
            key=_NAME,
            expected="django.contrib.sessions.serializers.JSONSerializer",
        )
