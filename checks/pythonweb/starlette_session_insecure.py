"""Starlette sends session cookies over unencrypted connections.

## Why it matters
Without the Secure attribute the browser also sends the cookie over http. One request in clear text, which anybody on the
same network can provoke, hands over the session of a clinician. Starlette leaves the attribute out unless it is told.

## Bad: the default
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key)  # <-
```

## Bad
```python portal/main.py
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware

middleware = [Middleware(SessionMiddleware, secret_key=settings.session_key, https_only=False)]  # <-
```

## Good
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True, max_age=900)
```

## Fix
Send the cookie over https only:
```python
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True)
```

## References
- Starlette 0.46, Middleware, SessionMiddleware (https_only, default False): https://www.starlette.io/middleware/#sessionmiddleware
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FrameworkCall


def _configures(call: FrameworkCall) -> bool:
    return call.name == "SessionMiddleware"


@check(
    "starlette-session-insecure",
    severity=HIGH,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=614,
    applies=_configures,
)
def starlette_session_insecure(call: FrameworkCall) -> Iterator[Diagnostic]:
    if not known(call.truth("https_only", default=False)):
        condition = call.unless("https_only") if "https_only" in call.arguments else " by default"
        yield fail(
            f"https_only is off{condition}, so that the session cookie is also sent over http",
            at=call.at,
            key="https_only",
            expected="https_only=True",
        )
