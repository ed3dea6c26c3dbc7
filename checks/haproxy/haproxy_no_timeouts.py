"""HAProxy waits for ever.

## Why it matters
Without `timeout client`, `timeout connect` or `timeout server`, connections that nobody uses any more stay open. They add
up until no new one is taken: a fault in a network, or somebody who means to, stops the application.

## Bad
```text haproxy.cfg
defaults
  mode http
  timeout connect 5s
  timeout server 30s
frontend www  # <-
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: 0 is no limit
```text haproxy.cfg
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app  # <-
  timeout server 0
  server app1 127.0.0.1:8000
```

## Good
```text haproxy.cfg
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: each where it is asked for
```text haproxy.cfg
frontend www
  mode http
  bind 127.0.0.1:80
  timeout client 30s
  default_backend app
backend app
  mode http
  timeout connect 5s
  timeout server 30s
  server app1 127.0.0.1:8000
defaults unused
```

## Fix
```text
defaults
    timeout connect 5s
    timeout client 30s
    timeout server 30s
    timeout http-request 10s
```

## References
- HAProxy configuration manual 2.6, timeout client: https://docs.haproxy.org/2.6/configuration.html#4.2-timeout%20client
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, UndecidedError, check, fail, known, not_evaluated
from auditor.technologies.haproxy import Haproxy, Proxy

_NEVER = frozenset({"0", "0ms", "0s", "0us", "0m", "0h", "0d"})


def _missing(proxy: Proxy) -> list[str]:
    """Return the timeouts that a proxy lacks: for clients, for servers, or for both."""
    needed = ["client"] if proxy.is_frontend else []
    if proxy.is_backend and any(proxy.own("server")):
        needed += ["connect", "server"]
    values = {name: known(proxy.text("timeout", name)) for name in needed}
    return [name for name, value in values.items() if value is None or value in _NEVER]


@check("haproxy-no-timeouts", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.RESOURCE_LIMITS,), cwe=400)
def haproxy_no_timeouts(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for proxy in haproxy.started():
        if not any(proxy.own("bind")) and not any(proxy.own("server")):
            continue
        try:
            missing = _missing(proxy)
        except UndecidedError as undecided:
            yield not_evaluated(undecided.reason)
            continue
        if missing:
            yield fail(
                f"{proxy} has no timeout {' and no timeout '.join(missing)}",
                at=proxy.at,
                key=f"{proxy}",
                expected=f"timeout {missing[0]} with a limit",
            )
