"""HAProxy does not tell browsers to come back with https only.

## Why it matters
Without `Strict-Transport-Security` (HSTS) a browser that is sent to `http://` once, by a link or by somebody on the
way, shows its cookies in clear text. `http-response` rules see the answers of servers only; what HAProxy itself answers
passes `http-after-response` rules.

## Bad: HAProxy's own answer does not pass http-response
```text haproxy.cfg
defaults
  mode http
frontend www  # <-
  bind :443 ssl crt /etc/haproxy/site.pem
  http-response set-header Strict-Transport-Security "max-age=63072000"
  http-request return status 200 content-type text/html file /srv/www/index.html
```

## Bad: taken away again
```text haproxy.cfg
defaults
  mode http
frontend www  # <-
  bind :443 ssl crt /etc/haproxy/site.pem
  http-after-response set-header Strict-Transport-Security "max-age=63072000"
  http-after-response del-header Strict-Transport-Security
  http-request return status 200 content-type text/plain string ok
```

## Good
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  http-after-response set-header Strict-Transport-Security "max-age=63072000"
  http-request return status 200 content-type text/html file /srv/www/index.html
```

## Good: for answers of servers, where TLS is used
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  http-response set-header Strict-Transport-Security "max-age=63072000" if { ssl_fc }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Fix
```text
http-after-response set-header Strict-Transport-Security "max-age=63072000; includeSubDomains"
```

## References
- HAProxy configuration manual 2.6, http-after-response: https://docs.haproxy.org/2.6/configuration.html#4.2-http-after-response
- RFC 6797, HTTP Strict Transport Security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Kind, header

from ._common import asked, is_probe


@check("haproxy-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def haproxy_no_hsts(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.web()):
        behind = False
        for bind, request, outcome in asked(haproxy, frontend, tls=True):
            if isinstance(outcome, Unknown):
                yield not_evaluated(f"what {frontend} answers is not known: {outcome.reason}")
                break
            if outcome.kind not in {Kind.SERVERS, Kind.RETURN} or is_probe(request.path):
                continue
            value = header(outcome, "strict-transport-security", request)
            if isinstance(value, Unknown):
                yield not_evaluated(value.reason)
                break
            if value is None and outcome.kind is Kind.RETURN:
                yield fail(
                    f"{frontend} sends no Strict-Transport-Security for {request.path}",
                    at=frontend.at,
                    severity=haproxy.reach(bind).scale(MEDIUM),
                    key=frontend.name,
                    expected='http-after-response set-header Strict-Transport-Security "max-age=63072000"',
                )
                break
            behind = behind or value is None
        else:
            if behind:
                yield not_evaluated(f"the program behind {frontend} may send Strict-Transport-Security itself")
