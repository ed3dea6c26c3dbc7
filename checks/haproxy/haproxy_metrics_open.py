"""HAProxy shows its metrics to anyone who reaches it.

## Why it matters
The exporter for Prometheus tells the names of all backends and servers, which of them are down, and how busy they are.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend metrics
  bind :8405
  http-request use-service prometheus-exporter if { path /metrics }  # <-
```

## Good: for one network
```text haproxy.cfg
defaults
  mode http
frontend metrics
  bind :8405
  http-request deny unless { src 10.8.0.0/24 }
  http-request use-service prometheus-exporter if { path /metrics }
```

## Good: for the same host only
```text haproxy.cfg
defaults
  mode http
frontend metrics
  bind 127.0.0.1:8405
  http-request use-service prometheus-exporter if { path /metrics }
```

## Fix
```text
http-request deny unless { src 10.8.0.0/24 }
http-request use-service prometheus-exporter if { path /metrics }
```

## References
- HAProxy configuration manual 2.6, http-request use-service: https://docs.haproxy.org/2.6/configuration.html#4.2-http-request%20use-service
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.haproxy import Haproxy, Kind

from ._common import asked


@check("haproxy-metrics-open", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def haproxy_metrics_open(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.web()):
        seen: set[object] = set()
        for bind, request, outcome in asked(haproxy, frontend):
            if isinstance(outcome, Unknown) or outcome.kind is not Kind.METRICS or outcome.line is None:
                continue
            if outcome.doubts:
                yield not_evaluated(f"whether everybody gets to the metrics is not known: {outcome.doubts[0]}")
            elif outcome.line.at not in seen:
                seen.add(outcome.line.at)
                yield fail(
                    f"{frontend} shows its metrics at {request.path} on {bind} to everybody",
                    at=outcome.line.at,
                    key=frontend.name,
                    expected="deny for other networks before, or an address of its own",
                )
