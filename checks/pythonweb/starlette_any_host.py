"""A Starlette application believes any host name or any proxy.

## Why it matters
A request's Host header ends up in links that the application mails out, and the address that a proxy reports in the audit
trail. `*` lets every client choose both.

## Bad
```python portal/main.py
from fastapi.middleware.trustedhost import TrustedHostMiddleware

app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])  # <-
```

## Bad: the default
```python portal/main.py
from starlette.middleware.trustedhost import TrustedHostMiddleware

app.add_middleware(TrustedHostMiddleware)  # <-
```

## Bad: any client may say that it is a proxy
```python portal/main.py
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

app.add_middleware(ProxyHeadersMiddleware, trusted_hosts="*")  # <-
```

## Good
```python portal/main.py
from fastapi.middleware.trustedhost import TrustedHostMiddleware

app.add_middleware(TrustedHostMiddleware, allowed_hosts=["portal.clinic.example", "*.wards.clinic.example"])
```

## Fix
Name the hosts and proxies in use:
```python
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["portal.clinic.example"])
```

## References
- Starlette 0.46, Middleware, TrustedHostMiddleware: https://www.starlette.io/middleware/#trustedhostmiddleware
- Uvicorn 0.34, Settings, --forwarded-allow-ips: https://www.uvicorn.org/settings/#http
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FrameworkCall, items_of

_ARGUMENTS = {"ProxyHeadersMiddleware": "trusted_hosts", "TrustedHostMiddleware": "allowed_hosts"}


def _configures(call: FrameworkCall) -> bool:
    return call.name in _ARGUMENTS


@check(
    "starlette-any-host",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.AUDIT_LOGGING,),
    cwe=348,
    applies=_configures,
)
def starlette_any_host(call: FrameworkCall) -> Iterator[Diagnostic]:
    name = _ARGUMENTS[call.name]
    value = known(call.argument(name, None))
    hosts = items_of(value) or [value]
    if "*" in hosts or (value is None and name == "allowed_hosts"):  # its default is any
        default = " by default" if value is None else ""
        what = "host name" if name == "allowed_hosts" else "proxy"
        yield fail(
            f"{name} is *{default}, so that any {what} is believed",
            at=call.at,
            key=name,
            expected="the names or addresses in use",
        )
