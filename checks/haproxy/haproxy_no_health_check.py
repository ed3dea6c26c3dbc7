"""HAProxy sends requests to servers that are down.

## Why it matters
Without `check` HAProxy never learns that a server has failed: with two servers every second request goes nowhere, and the
second one is there in vain.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 127.0.0.1:8001  # <-
  server app2 127.0.0.1:8002 check
```

## Good
```text haproxy.cfg
defaults
  mode http
  default-server check
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 127.0.0.1:8001
  server app2 127.0.0.1:8002
```

## Good: there is no other server
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 127.0.0.1:8001
```

## Fix
```text
default-server check inter 3s fall 3 rise 2
```

## References
- HAProxy configuration manual 2.6, server options, check: https://docs.haproxy.org/2.6/configuration.html#5.2-check
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Related, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Server


@check("haproxy-no-health-check", severity=LOW, control=Control.AVAILABILITY)
def haproxy_no_health_check(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for backend in haproxy.backends():
        servers = list(haproxy.servers(backend))
        unknown = next((one for one in servers if isinstance(one, Unknown)), None)
        if unknown is not None:
            yield not_evaluated(unknown.reason)
            continue
        listed = [one for one in servers if isinstance(one, Server)]
        blind = [one for one in listed if not {"check", "track", "agent-check", "disabled"} & set(one.options)]
        if blind and len(listed) > 1:
            first, *others = blind
            yield fail(
                f"{backend} does not notice when {first} is down",
                at=first.at,
                key=backend.name,
                related=tuple(Related(one.at, str(one)) for one in others[:5]),
                expected="check behind every server, or default-server check",
            )
