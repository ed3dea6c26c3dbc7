"""HAProxy shows its statistics to anyone who reaches it.

## Why it matters
The page shows the names and addresses of all servers behind HAProxy, which of them are down, and how busy they are: a map
of the network for whoever looks for a way in. Any `stats` line switches it on, and a proxy with one of its own takes over
none of its defaults.

## Bad
```text haproxy.cfg
defaults
  mode http
listen stats
  bind :8404
  stats enable  # <-
  stats uri /stats
```

## Bad: on every proxy, by a line in defaults
```text haproxy.cfg
defaults
  mode http
  stats refresh 10s  # <-
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: the password stands in defaults, and is not taken over
```text haproxy.cfg
defaults
  mode http
  stats auth watch:fake-sample-password
listen stats
  bind :8404
  stats uri /stats  # <-
```

## Good: with a password
```text haproxy.cfg
defaults
  mode http
listen stats
  bind :8404 ssl crt /etc/haproxy/site.pem
  stats enable
  stats uri /stats
  stats auth watch:fake-sample-password
```

## Good: for one network
```text haproxy.cfg
defaults
  mode http
frontend stats
  bind :8404
  http-request deny unless { src 10.8.0.0/24 }
  stats enable
  stats uri /stats
```

## Good: for the same host only
```text haproxy.cfg
defaults
  mode http
frontend stats
  bind 127.0.0.1:8404
  stats enable
  stats uri /stats
```

## Fix
```text
userlist watchers
    user watch password $6$…

frontend stats
    bind :8404 ssl crt /etc/haproxy/site.pem
    http-request auth unless { http_auth(watchers) }
    stats enable
    stats uri /stats
```

## References
- HAProxy configuration manual 2.6, stats enable, stats auth and stats http-request: https://docs.haproxy.org/2.6/configuration.html#4.2-stats%20enable
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Kind

from ._common import asked


@check(
    "haproxy-stats-open",
    severity=MEDIUM,
    control=Control.AUTHENTICATION,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=306,
)
def haproxy_stats_open(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.web()):
        seen: set[object] = set()
        for bind, _, outcome in asked(haproxy, frontend):
            if isinstance(outcome, Unknown) or outcome.kind is not Kind.STATISTICS or outcome.statistics is None:
                continue
            at = outcome.statistics.at
            if outcome.doubts:
                yield not_evaluated(f"whether everybody gets to the statistics is not known: {outcome.doubts[0]}")
            elif at not in seen:
                seen.add(at)
                yield fail(
                    f"{frontend} shows the statistics at {outcome.statistics.uri} on {bind} to everybody",
                    at=at,
                    severity=haproxy.reach(bind).scale(MEDIUM),
                    key=frontend.name,
                    expected="http-request auth with a userlist, or deny for other networks",
                )
