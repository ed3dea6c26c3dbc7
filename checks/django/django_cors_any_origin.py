"""Pages of any site may read a Django project's answers.

## Why it matters
CORS decides which sites' scripts may read an answer. Where all of them may, and with credentials, a page that a clinician
happens to open reads patients' records in her name.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["corsheaders"]
CORS_ALLOW_ALL_ORIGINS = True  # <-
```

## Bad: an expression that every origin matches
```python portal/settings.py
INSTALLED_APPS = ["corsheaders"]
CORS_ALLOWED_ORIGIN_REGEXES = [r"^https?://.*$"]  # <-
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["corsheaders"]
CORS_ALLOWED_ORIGINS = ["https://portal.clinic.example"]
CORS_ALLOW_CREDENTIALS = True
```

## Good: a developer's machine
```python portal/settings/base.py
INSTALLED_APPS = ["corsheaders"]
```
```python portal/settings/production.py
from .base import *
```
```python portal/settings/local.py
from .base import *

CORS_ALLOW_ALL_ORIGINS = True
```

## Fix
Name the origins of your own pages:
```python
CORS_ALLOWED_ORIGINS = ["https://portal.clinic.example"]
```

## References
- django-cors-headers 4, Configuration: https://pypi.org/project/django-cors-headers/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Confidence, Control, Diagnostic, check, fail, known, takes_any_origin
from auditor.technologies.python import DjangoSettings

from ._common import uses

_REGEXES = "CORS_ALLOWED_ORIGIN_REGEXES"


@check(
    "django-cors-any-origin",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=942,
)
def django_cors_any_origin(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not uses(django, "corsheaders"):
        return
    switches = ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL")
    name = next((switch for switch in switches if known(django.is_true(switch))), None)
    if name is None and any(isinstance(item, str) and takes_any_origin(item) for item in known(django.items(_REGEXES))):
        name = _REGEXES
    if name is None:
        return
    with_credentials = django.is_true("CORS_ALLOW_CREDENTIALS") is True
    words = ", in the name of signed-in users" if with_credentials else ""
    condition = django.unless(name)
    yield fail(
        f"{name} lets pages of any site read answers{words}{condition}",
        at=django.where(name),
        severity=CRITICAL if with_credentials else HIGH,
        confidence=Confidence.MEDIUM if condition else None,
        key=name,
        expected="the origins of the clinic's own pages",
    )
