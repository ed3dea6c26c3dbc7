"""A Starlette session cookie is sent with other sites' requests and without Secure.

## Why it matters
With SameSite=None another site's page can send requests in the name of a signed-in clinician. Applications that run inside
another one's frame need it, but only together with Secure; browsers drop the cookie otherwise or send it in clear text.

## Bad
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key, same_site="none")  # <-
```

## Good
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key, same_site="lax", https_only=True)
```

## Good: embedded in another application, over https only
```python portal/main.py
from starlette.middleware.sessions import SessionMiddleware

app.add_middleware(SessionMiddleware, secret_key=settings.session_key, same_site="none", https_only=True)
```

## Fix
Set SameSite to lax and Secure to true:
```python
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, same_site="lax", https_only=True)
```

## References
- Starlette 0.46, Middleware, SessionMiddleware (same_site, default lax): https://www.starlette.io/middleware/#sessionmiddleware
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FrameworkCall


def _configures(call: FrameworkCall) -> bool:
    return call.name == "SessionMiddleware"


@check(
    "starlette-session-samesite-none",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=1275,
    applies=_configures,
)
def starlette_session_samesite_none(call: FrameworkCall) -> Iterator[Diagnostic]:
    if known(call.argument("same_site", "lax")) == "none" and not known(call.truth("https_only", default=False)):
        yield fail(
            'same_site is "none" without https_only, so that the cookie goes along with requests from any site',
            at=call.at,
            key="same_site",
            expected='same_site="lax"',
        )
