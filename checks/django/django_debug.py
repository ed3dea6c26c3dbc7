"""A Django project runs in debug mode.

## Why it matters
Debug pages show source code, settings and the values at hand, which in a clinic are patients' data, to whoever provokes an
error.

## Bad
```python portal/settings.py
ROOT_URLCONF = "portal.urls"
DEBUG = True  # <-
```

## Bad: on unless a variable turns it off
```python portal/settings.py
import os

ROOT_URLCONF = "portal.urls"
DEBUG = os.environ.get("DEBUG", "True") == "True"  # <-
```

## Good
```python portal/settings.py
import os

ROOT_URLCONF = "portal.urls"
DEBUG = os.environ.get("DEBUG", "") == "True"
```

## Good: the deployed module overrides the one it is based on
```python portal/settings/base.py
ROOT_URLCONF = "portal.urls"
DEBUG = True
```
```python portal/settings/local.py
from .base import *
```
```python portal/settings/production.py
from .base import *

DEBUG = False
```

## Fix
Switch debug mode off where the project is deployed:
```python
DEBUG = False
```

## References
- Django 5.2, Settings, DEBUG: https://docs.djangoproject.com/en/5.2/ref/settings/#debug
- Django 5.2, System check framework, security.W018: https://docs.djangoproject.com/en/5.2/ref/checks/#security
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings


@check("django-debug", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=489)
def django_debug(django: DjangoSettings) -> Iterator[Diagnostic]:
    if known(django.is_true("DEBUG")):
        condition = django.unless("DEBUG")
        yield fail(
            f"DEBUG is on{condition}",
            at=django.where("DEBUG"),
            confidence=Confidence.MEDIUM if condition else None,
            key="DEBUG",
            expected="DEBUG = False",
        )
