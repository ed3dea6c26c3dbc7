"""A Starlette session stays open for more than half an hour.

## Why it matters
At a shared workstation the next person finds the last one's session. Starlette keeps sessions for two weeks unless it is
told, in a cookie that cannot be withdrawn.

## Bad: the default
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True)  # <-
```

## Bad
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

DAY = 24 * 60 * 60
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, max_age=7 * DAY)  # <-
```

## Good
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True, max_age=900)
```

## Fix
End sessions after a quarter of an hour:
```python
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, max_age=900)
```

## References
- Starlette 0.46, Middleware, SessionMiddleware (max_age, default two weeks; None ends it with the browser): https://www.starlette.io/middleware/#sessionmiddleware
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, span_words
from auditor.technologies.python import FrameworkCall

_DEFAULT = 14 * 24 * 60 * 60


def _configures(call: FrameworkCall) -> bool:
    return call.name == "SessionMiddleware"


@check("starlette-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613, applies=_configures)
def starlette_session_lifetime(call: FrameworkCall) -> Iterator[Diagnostic]:
    seconds = known(call.argument("max_age", _DEFAULT))
    severity = MEDIUM
    if seconds is None:
        message, severity = "max_age is None: the session stays open until the browser is closed", LOW
    elif isinstance(seconds, int) and seconds > 1800:
        default = "" if "max_age" in call.arguments else " by default"
        message = f"max_age keeps a session open for {span_words(seconds)}{default}"
    else:
        return
    yield fail(message, at=call.at, severity=severity, key="max_age", expected="max_age=900")
