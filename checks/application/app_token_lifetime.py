"""An access token is valid for more than an hour.

## Why it matters
An access token works for whoever has it, and usually cannot be withdrawn. A token that leaks from a log, a browser or a
lost phone opens patients' records until it expires.

## Bad: eight days
```text .env
ACCESS_TOKEN_EXPIRE_MINUTES=11520  # <-
```

## Bad: the unit is in the value
```text .env
JWT_EXPIRES_IN=30d  # <-
```

## Bad: never
```text .env
JWT_ACCESS_TOKEN_EXPIRES=False  # <-
```

## Good
```text .env
ACCESS_TOKEN_EXPIRE_MINUTES=15
REFRESH_TOKEN_EXPIRE_DAYS=7
```

## Good: seconds
```text .env
JWT_ACCESS_TOKEN_EXPIRES=900
```

## Fix
Keep access tokens short, and exchange refresh tokens at each use:
```text
ACCESS_TOKEN_EXPIRE_MINUTES=15
```

## References
- RFC 9700, Best Current Practice for OAuth 2.0 Security, section 2.2 (access tokens) and 4.14 (refresh tokens)
- Flask-JWT-Extended 4.7, JWT_ACCESS_TOKEN_EXPIRES: https://flask-jwt-extended.readthedocs.io/en/stable/options.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail, span_words

from ._lifetimes import is_about, lifetime

_SUBJECTS = (("JWT",), ("ACCESS", "TOKEN"), ("AUTH", "TOKEN"), ("BEARER", "TOKEN"))
_OTHER_TOKENS = frozenset(
    [
        "REFRESH",
        "RESET",
        "VERIFY",
        "VERIFICATION",
        "CONFIRMATION",
        "ACTIVATION",
        "INVITE",
        "INVITATION",
        "EMAIL",
        "PASSWORD",
        "REMEMBER",
        "CACHE",
        "LEEWAY",
        "SKEW",
        "COOKIE",
        "KEY",
        "JWKS",
        "BLACKLIST",
    ]
)
_UNITS = {"JWT_ACCESS_TOKEN_EXPIRES": 1.0, "JWT_TTL": 60.0}
_NEVER = ("JWT_ACCESS_TOKEN_EXPIRES",)


@check("app-token-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def app_token_lifetime(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.entries:
        if not is_about(entry, _SUBJECTS, _OTHER_TOKENS):
            continue
        seconds = lifetime(entry, _UNITS)
        if entry.key in _NEVER and entry.is_false:
            message, severity = f"{entry.name} is off, so that access tokens never expire", HIGH
        elif seconds is not None and seconds > 3600:
            message = f"{entry.name} makes access tokens valid for {span_words(seconds)}"
            severity = HIGH if seconds > 86400 else MEDIUM
        else:
            continue
        yield fail(message, at=entry.at, severity=settings.scale(severity), key=entry.name, expected="15 minutes")
