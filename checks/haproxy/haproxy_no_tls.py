"""HAProxy serves content without TLS.

## Why it matters
Passwords, session cookies and records cross the network in clear text; whoever listens on the way reads them, and
whoever stands in the way changes them. A listener on port 80 needs to do no more than send clients to https.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www  # <-
  bind :80
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: the redirect comes behind a rule that lets everything pass
```text haproxy.cfg
defaults
  mode http
frontend www  # <-
  bind :80
  http-request allow if { method GET POST }
  http-request redirect scheme https unless { ssl_fc }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: only for one path
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :80  # <-
  http-request redirect scheme https unless { path_beg /api/ }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: for the names that are let in
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :80  # <-
  http-request deny unless { hdr(host) -i portal.example }
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 20 }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: a redirect, and what certificate authorities ask for
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :80
  bind :443 ssl crt /etc/haproxy/site.pem
  acl challenge path_beg /.well-known/acme-challenge/
  http-request redirect scheme https code 301 unless { ssl_fc } or challenge
  use_backend acme if challenge
  default_backend app
backend app
  server app1 127.0.0.1:8000
backend acme
  server certbot 127.0.0.1:8888
```

## Good: the redirect stands in named defaults
```text haproxy.cfg
defaults web
  mode http
  http-request redirect scheme https unless { ssl_fc }
defaults servers
  mode http
frontend www from web
  bind :80
  default_backend app
backend app from servers
  server app1 127.0.0.1:8000
```

## Good: for the same host only
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  bind unix@/run/haproxy/www.sock
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Fix
Serve content on port 443 and redirect port 80, before any other rule:
```text
frontend www
    bind :80
    bind :443 ssl crt /etc/haproxy/site.pem
    http-request redirect scheme https code 301 unless { ssl_fc }
```

## References
- HAProxy configuration manual 2.6, http-request redirect: https://docs.haproxy.org/2.6/configuration.html#4.2-http-request%20redirect
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.haproxy import ORDINARY, Haproxy, Kind, Outcome, Request

from ._common import asked, is_probe, undecided, widest

_CONTENT = frozenset({Kind.SERVERS, Kind.RETURN})


@check("haproxy-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def haproxy_no_tls(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.web()):
        answers = list(asked(haproxy, frontend, tls=False))
        open_to = [
            (bind, request)
            for bind, request, outcome in answers
            if isinstance(outcome, Outcome) and outcome.kind in _CONTENT and not is_probe(request.path)
        ]
        if not open_to:
            if reason := undecided(frontend, answers):
                yield not_evaluated(reason)
            continue
        bind, request = open_to[0]
        whole = request == Request(path=ORDINARY, port=request.port)
        what = "everything" if whole else request.path if request.path != ORDINARY else f"the name {request.host}"
        exposure = widest(haproxy, [bind for bind, _ in open_to])
        yield fail(
            f"{frontend} serves {what} on {bind} without TLS; {exposure.reason}",
            at=frontend.at if whole else bind.at,
            severity=exposure.scale(HIGH),
            key=frontend.name,
            expected="bind with ssl, and a redirect to https on port 80",
        )
