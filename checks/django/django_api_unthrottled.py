"""Django REST framework takes any number of requests.

## Why it matters
Without throttling passwords, record numbers and tokens are guessed as fast as the server answers, and one client can keep
it busy.

## Bad
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {"PAGE_SIZE": 50}  # <-
```

## Bad: rates without classes do nothing
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {  # <-
    "DEFAULT_THROTTLE_CLASSES": [],
    "DEFAULT_THROTTLE_RATES": {"anon": "20/minute"},
}
```

## Good
```python portal/settings.py
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "20/minute"},
}
```

## Good: another app limits log-ins
```python portal/settings.py
INSTALLED_APPS = ["rest_framework", "axes"]
```

## Fix
Limit requests, those of strangers above all:
```python
REST_FRAMEWORK = {
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "20/minute"},
}
```

## References
- Django REST framework 3.16, Throttling: https://www.django-rest-framework.org/api-guide/throttling/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.python import DjangoSettings

from ._common import uses

_NAME = "REST_FRAMEWORK"
_LIMITING = ("axes", "defender", "django_ratelimit", "ratelimit")


@check("django-api-unthrottled", severity=LOW, control=Control.RESOURCE_LIMITS, also=(Control.AUTHENTICATION,), cwe=307)
def django_api_unthrottled(django: DjangoSettings) -> Iterator[Diagnostic]:
    if not uses(django, "rest_framework") or uses(django, *_LIMITING):
        return
    if not known(django.entry(_NAME, "DEFAULT_THROTTLE_CLASSES")):
        yield fail(
            "Views without limits of their own take any number of requests",
            at=django.where(_NAME),
            key="DEFAULT_THROTTLE_CLASSES",
            expected="rest_framework.throttling.AnonRateThrottle",
        )
