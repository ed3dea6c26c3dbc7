"""An access token of Simple JWT is valid for more than an hour.

## Why it matters
An access token works for whoever has it, and cannot be withdrawn. A token that leaks from a log, a browser or a lost phone
opens patients' records until it expires.

## Bad
```python portal/settings.py
from datetime import timedelta

ROOT_URLCONF = "portal.urls"
SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(days=7)}  # <-
```

## Good
```python portal/settings.py
from datetime import timedelta

ROOT_URLCONF = "portal.urls"
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=1),
}
```

## Fix
Keep access tokens short, and exchange refresh tokens at each use:
```python
SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(minutes=15), "ROTATE_REFRESH_TOKENS": True}
```

## References
- Simple JWT 5.5, Settings, ACCESS_TOKEN_LIFETIME (default 5 minutes): https://django-rest-framework-simplejwt.readthedocs.io/en/stable/settings.html
- RFC 9700, Best Current Practice for OAuth 2.0 Security, section 2.2
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known, span_words
from auditor.technologies.python import DjangoSettings, Span

_NAME = "SIMPLE_JWT"


@check("django-token-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def django_token_lifetime(django: DjangoSettings) -> Iterator[Diagnostic]:
    lifetime = known(django.entry(_NAME, "ACCESS_TOKEN_LIFETIME"))
    if isinstance(lifetime, Span) and lifetime.seconds > 3600:
        yield fail(
            f"Access tokens are valid for {span_words(lifetime.seconds)}{django.unless(_NAME)}",
            at=django.where(_NAME),
            severity=HIGH if lifetime.seconds > 86400 else MEDIUM,
            key="ACCESS_TOKEN_LIFETIME",
            expected="15 minutes",
        )
