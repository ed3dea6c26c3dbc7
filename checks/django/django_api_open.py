"""Views of Django REST framework answer everybody unless they say otherwise.

## Why it matters
The framework's default is AllowAny: a view whose author forgot its permissions gives patients' records to whoever asks.
The classes that end in ReadOnly ask only those who write.

## Bad: the default
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {"PAGE_SIZE": 50}  # <-
```

## Bad
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {  # <-
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
}
```

## Bad: everybody may read
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {  # <-
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
}
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}
```

## Good: the deployed module sets it
```python portal/settings/base.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {}
```
```python portal/settings/production.py
from .base import *

REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"] = ["rest_framework.permissions.IsAuthenticated"]
```

## Fix
Ask who is there unless a view says otherwise:
```python
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}
```

## References
- Django REST framework 3.16, Permissions, Setting the permission policy: https://www.django-rest-framework.org/api-guide/permissions/#setting-the-permission-policy
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings, items_of

from ._common import uses

_NAME = "REST_FRAMEWORK"
_READABLE = ("IsAuthenticatedOrReadOnly", "DjangoModelPermissionsOrAnonReadOnly")
"""Classes that ask only those who write for a log-in."""


@check("django-api-open", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=306)
def django_api_open(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not uses(django, "rest_framework"):
        return
    classes = known(django.entry(_NAME, "DEFAULT_PERMISSION_CLASSES"))
    listed = [known(item) for item in items_of(classes) or ()]
    # All of the list must agree, so that AllowAny beside another class adds nothing.
    if all(isinstance(item, str) and item.endswith((".AllowAny", *_READABLE)) for item in listed):
        default = " by default" if classes is None else ""
        can_write = not any(isinstance(item, str) and item.endswith(_READABLE) for item in listed)
        does = "answer everybody" if can_write else "let everybody read"
        yield fail(
            f"Views without permissions of their own {does}{default}",
            at=django.where(_NAME),
            confidence=Confidence.MEDIUM,
            key="DEFAULT_PERMISSION_CLASSES",
            expected="rest_framework.permissions.IsAuthenticated",
        )
