"""HAProxy asks for passwords on a connection without TLS.

## Why it matters
Basic authentication sends user name and password with every request, encoded and not encrypted. Whoever listens on the
way has them.

## Bad
```text haproxy.cfg
defaults
  mode http
listen stats
  bind :8404  # <-
  stats enable
  stats uri /stats
  stats auth watch:fake-sample-password
```

## Bad: for the application
```text haproxy.cfg
userlist staff
  user nurse password $6$fake$samplehash
defaults
  mode http
frontend www
  bind :80  # <-
  http-request auth unless { http_auth(staff) }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: clients are sent to https before
```text haproxy.cfg
userlist staff
  user nurse password $6$fake$samplehash
defaults
  mode http
frontend www
  bind :80
  bind :443 ssl crt /etc/haproxy/site.pem
  http-request redirect scheme https unless { ssl_fc }
  http-request auth unless { http_auth(staff) }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Fix
```text
bind :8404 ssl crt /etc/haproxy/site.pem
```

## References
- HAProxy configuration manual 2.6, http-request auth: https://docs.haproxy.org/2.6/configuration.html#4.2-http-request%20auth
- RFC 7617, The Basic HTTP Authentication Scheme
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.haproxy import Haproxy, Kind

from ._common import asked


@check(
    "haproxy-password-in-clear",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=523,
)
def haproxy_password_in_clear(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.web()):
        seen: set[object] = set()
        for bind, request, outcome in asked(haproxy, frontend, tls=False):
            if not isinstance(outcome, Unknown) and outcome.kind is Kind.LOGIN and bind.at not in seen:
                seen.add(bind.at)
                exposure = haproxy.reach(bind)
                yield fail(
                    f"{frontend} asks for passwords at {request.path} on {bind} without TLS; {exposure.reason}",
                    at=bind.at,
                    severity=exposure.scale(HIGH),
                    key=f"{frontend.name} {bind}",
                    expected="bind with ssl, and a redirect on port 80",
                )
