"""HAProxy keeps no record of who asked for what.

## Why it matters
Without a destination that takes requests nobody can tell afterwards which records were read, from where and with which
log-in: neither an intrusion nor its extent can be shown. Requests are logged at level `info`: a destination limited to
`notice` gets none of them.

## Bad: nothing says that the global destination is to be used
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  option httplog
frontend www  # <-
  bind 127.0.0.1:80
```

## Bad: no destination in the global section
```text haproxy.cfg
global
  chroot /var/lib/haproxy
defaults
  mode http
  log global
frontend www  # <-
  bind 127.0.0.1:80
```

## Bad: requests are filtered out
```text haproxy.cfg
global
  log /dev/log local1 notice
defaults
  mode http
  log global
  option httplog
frontend www  # <-
  bind 127.0.0.1:80
```

## Bad: switched off for one frontend
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
frontend www  # <-
  bind 127.0.0.1:80
  no log
```

## Good
```text haproxy.cfg
global
  log /dev/log local0
  log /dev/log local1 notice
defaults
  mode http
  log global
  option httplog
frontend www
  bind 127.0.0.1:80
```

## Good: a destination of its own
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  no log
  log 127.0.0.1:514 len 4096 format rfc5424 local0 info
```

## Good: only HAProxy's own numbers
```text haproxy.cfg
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend metrics
  bind 127.0.0.1:8405
  http-request use-service prometheus-exporter if { path /metrics }
  no log
```

## Fix
```text
global
    log /dev/log local0

defaults
    log global
    option httplog
```

## References
- HAProxy configuration manual 2.6, log: https://docs.haproxy.org/2.6/configuration.html#4.2-log
- HAProxy configuration manual 2.6, Logging: https://docs.haproxy.org/2.6/configuration.html#8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Line, Proxy


def _serves(frontend: Proxy) -> bool:
    """Tell whether requests go on to servers, or change something; HAProxy's own numbers need no record."""
    own = any(any(frontend.all(name)) for name in ("use_backend", "default_backend", "server", "server-template"))
    return own or any(frontend.all("stats", "admin")) or not any(map(_is_metrics, frontend.lines))


def _is_metrics(line: Line) -> bool:
    return line.name == "stats" or "prometheus-exporter" in line.words


@check("haproxy-no-access-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def haproxy_no_access_log(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.frontends():
        targets = haproxy.logs(frontend)
        if isinstance(targets, Unknown):
            yield not_evaluated(targets.reason)
        elif not any(target.takes_requests for target in targets) and _serves(frontend):
            what = "only takes warnings of HAProxy itself" if targets else "goes nowhere"
            yield fail(
                f"{frontend} keeps no record of requests: its log {what}",
                at=frontend.at,
                key=frontend.name,
                expected="log global, with a destination for level info in the global section",
            )
