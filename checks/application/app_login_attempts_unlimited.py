"""An application takes any number of log-in attempts.

## Why it matters
Without a limit passwords are guessed as fast as the server answers, with lists of millions of stolen ones. Every account
of the clinic is tried, and one short password is enough.

## Bad
```text .env
LOGIN_RATE_LIMIT_ENABLED=false  # <-
```

## Bad: zero stands for no limit
```text .env
MAX_LOGIN_ATTEMPTS=0  # <-
```

## Bad: the lock after failures is off
```text .env
ACCOUNT_LOCKOUT_ENABLED=no  # <-
```

## Good
```text .env
MAX_LOGIN_ATTEMPTS=5
```

## Good: other limits
```text .env
UPLOAD_RATE_LIMIT_ENABLED=false
```

## Fix
Lock an account for a while after a few failures:
```text
MAX_LOGIN_ATTEMPTS=5
ACCOUNT_LOCKOUT_ENABLED=true
```

## References
- NIST SP 800-63B-4, section 3.2.2, Rate Limiting (Throttling)
- 45 CFR 164.308(a)(5)(ii)(C), Log-in monitoring
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_SWITCHES = tuple(
    pattern
    for word in (
        "ACCOUNT_LOCKOUT", "AUTH_RATE_LIMIT", "AUTH_THROTTLE", "BRUTE_FORCE_PROTECTION", "LOCKOUT", "LOGIN_LOCKOUT",
        "LOGIN_RATELIMIT", "LOGIN_RATE_LIMIT", "LOGIN_RATE_LIMITING", "LOGIN_THROTTLE", "LOGIN_THROTTLING",
    )
    for pattern in (f"*{word}_ENABLED", f"*ENABLE_{word}", f"*{word}")
)  # fmt: skip
_COUNTS = (
    "*LOGIN_ATTEMPTS",
    "*LOGIN_ATTEMPTS_LIMIT",
    "*LOGIN_FAILURE_LIMIT",
    "*LOCKOUT_THRESHOLD",
    "*MAX_FAILED_LOGINS",
)


@check(
    "app-login-attempts-unlimited",
    severity=MEDIUM,
    control=Control.AUTHENTICATION,
    also=(Control.PASSWORD_POLICY,),
    cwe=307,
)
def app_login_attempts_unlimited(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    off = [entry for entry in settings.named(*_SWITCHES) if entry.is_false]
    off += [entry for entry in settings.named(*_COUNTS) if entry.number == 0]
    for entry in off:
        yield fail(
            f"{entry.name} lets passwords be guessed without limit",
            at=entry.at,
            severity=settings.scale(MEDIUM),
            key=entry.name,
            expected="a lock after a few failures",
        )
