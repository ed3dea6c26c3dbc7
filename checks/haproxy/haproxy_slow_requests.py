"""HAProxy lets clients take their time over a request.

## Why it matters
Without `timeout http-request` a client that sends one byte now and then keeps its connection for hours. A few thousand of
them, from one laptop, take every connection that there is.

## Bad
```text haproxy.cfg
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend www  # <-
  bind :443 ssl crt /etc/haproxy/site.pem
```

## Good
```text haproxy.cfg
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout http-request 10s
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
```

## Good: for the same host only
```text haproxy.cfg
defaults
  mode http
  timeout client 30s
frontend www
  bind 127.0.0.1:80
```

## Fix
```text
timeout http-request 10s
```

## References
- HAProxy configuration manual 2.6, timeout http-request: https://docs.haproxy.org/2.6/configuration.html#4.2-timeout%20http-request
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy


@check("haproxy-slow-requests", severity=LOW, control=Control.AVAILABILITY, also=(Control.RESOURCE_LIMITS,), cwe=400)
def haproxy_slow_requests(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.web():
        limit = frontend.text("timeout", "http-request")
        if isinstance(limit, Unknown):
            yield not_evaluated(limit.reason)
        elif haproxy.remote(frontend) and (limit is None or not limit.strip("0msuhd")):
            yield fail(
                f"{frontend} gives clients no limit for sending a request",
                at=frontend.at,
                key=frontend.name,
                expected="timeout http-request 10s",
            )
