"""Grafana does not log who asks for what.

## Why it matters
With `router_logging`, Grafana logs every request with the user's name, the address and the path. Without it only those that
fail are logged, and nobody can say who opened which dashboard.

## Bad: the default
```ini grafana.ini
[server]  ; <-
protocol = https
```

## Bad: on, but below the level
```ini grafana.ini
[server]
router_logging = true
[log]
level = error  ; <-
```

## Good
```ini grafana.ini
[server]
router_logging = true
```

## Good: a variable
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SERVER_ROUTER_LOGGING: "true"
      GF_LOG_LEVEL: info
```

## Fix
```ini
[server]
router_logging = true
[log]
level = info
```

## References
- Grafana 11, Configure Grafana, server (router_logging) and log (level): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#server
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana

_QUIET = frozenset({"warn", "error", "critical"})


@check("grafana-requests-not-logged", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def grafana_requests_not_logged(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.is_on("server.router_logging")):
        yield fail(
            "Requests are not logged unless they fail",
            at=grafana.where("server.router_logging"),
            expected="router_logging = true",
        )
    elif known(grafana.text("log.level")) in _QUIET:
        yield fail(
            f"Requests are logged below the level {grafana.text('log.level')}, which is kept",
            at=grafana.where("log.level"),
            expected="level = info",
        )
