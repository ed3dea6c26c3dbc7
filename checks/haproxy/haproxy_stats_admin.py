"""Anybody can switch servers off on HAProxy's statistics page.

## Why it matters
With `stats admin` the page has buttons that stop servers or take them out of service. Whoever reaches it without a
password can stop the whole application with one request.

## Bad
```text haproxy.cfg
defaults
  mode http
listen stats
  bind :8404
  stats enable
  stats uri /stats
  stats admin if TRUE  # <-
```

## Good: who is logged in
```text haproxy.cfg
userlist watchers
  user watch password $6$fake$samplehash
defaults
  mode http
listen stats
  bind :8404 ssl crt /etc/haproxy/site.pem
  http-request auth unless { http_auth(watchers) }
  stats enable
  stats uri /stats
  stats admin if TRUE
```

## Good: on the same host
```text haproxy.cfg
defaults
  mode http
listen stats
  bind :8404
  stats enable
  stats uri /stats
  stats admin if LOCALHOST
```

## Fix
Leave `stats admin` out, or ask for a password before:
```text
http-request auth unless { http_auth(operators) }
stats admin if { http_auth(operators) }
```

## References
- HAProxy configuration manual 2.6, stats admin: https://docs.haproxy.org/2.6/configuration.html#4.2-stats%20admin
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Kind

from ._common import asked


@check("haproxy-stats-admin", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AVAILABILITY,), cwe=306)
def haproxy_stats_admin(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.web()):
        seen: set[object] = set()
        for bind, request, outcome in asked(haproxy, frontend):
            if isinstance(outcome, Unknown) or outcome.kind is not Kind.STATISTICS or outcome.statistics is None:
                continue
            may_change = outcome.statistics.may_change(request)
            if isinstance(may_change, Unknown) or (may_change and outcome.doubts):
                yield not_evaluated("whether everybody may switch servers off is not known")
            elif may_change and outcome.statistics.at not in seen:
                seen.add(outcome.statistics.at)
                yield fail(
                    f"{frontend} lets everybody switch servers off at {outcome.statistics.uri} on {bind}",
                    at=outcome.statistics.admin[0].at,
                    severity=haproxy.reach(bind).scale(HIGH),
                    key=frontend.name,
                    expected="http-request auth before, or no stats admin",
                )
