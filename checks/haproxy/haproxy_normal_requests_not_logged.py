"""HAProxy logs failures only.

## Why it matters
With `option dontlog-normal` requests that succeed leave no trace: reading a thousand records with a stolen password is a
thousand normal requests.

## Bad
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option httplog
  option dontlog-normal  # <-
frontend www
  bind 127.0.0.1:80
```

## Good: only connections without a request are left out
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option httplog
  option dontlognull
frontend www
  bind 127.0.0.1:80
```

## Good: taken back
```text haproxy.cfg
global
  log /dev/log local0
defaults
  mode http
  log global
  option dontlog-normal
frontend www
  bind 127.0.0.1:80
  no option dontlog-normal
```

## Fix
```text
no option dontlog-normal
```

## References
- HAProxy configuration manual 2.6, option dontlog-normal: https://docs.haproxy.org/2.6/configuration.html#4.2-option%20dontlog-normal
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy


@check("haproxy-normal-requests-not-logged", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def haproxy_normal_requests_not_logged(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.frontends():
        drops = frontend.option("dontlog-normal")
        if isinstance(drops, Unknown):
            yield not_evaluated(drops.reason)
        elif drops:
            yield fail(
                f"{frontend} leaves requests that succeed out of its log",
                at=frontend.option_line("dontlog-normal"),
                key=frontend.name,
                expected="no option dontlog-normal",
            )
