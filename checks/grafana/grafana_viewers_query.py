"""Viewers of Grafana may ask data sources for whatever they hold.

## Why it matters
Viewers are meant to see what dashboards show. With `viewers_can_edit` they open Explore and change the queries of panels:
they read every table and series that the log-in of a data source may read, patients of other wards among them.

## Bad
```ini grafana.ini
[users]
viewers_can_edit = true  ; <-
```

## Bad: visitors without a log-in are viewers
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    ports: ["3000:3000"]
    environment:
      GF_AUTH_ANONYMOUS_ENABLED: "true"
      GF_USERS_VIEWERS_CAN_EDIT: "true"  # <-
```

## Good
```ini grafana.ini
[users]
viewers_can_edit = false
```

## Good: the variable holds
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_USERS_VIEWERS_CAN_EDIT: "false"
    volumes: ["./grafana.ini:/etc/grafana/grafana.ini"]
```
```ini grafana.ini
[users]
viewers_can_edit = true
```

## Fix
Make those who need Explore editors of a folder of their own:
```ini
[users]
viewers_can_edit = false
```

## References
- Grafana 11, Configure Grafana, users (viewers_can_edit): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#users
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-viewers-query", severity=LOW, control=Control.AUTHORIZATION, cwe=862)
def grafana_viewers_query(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.is_on("users.viewers_can_edit")):
        return
    is_open = grafana.is_on("auth.anonymous.enabled") is True
    yield fail(
        f"{'Visitors without a log-in' if is_open else 'Viewers'} make queries of their own to every data source",
        at=grafana.where("users.viewers_can_edit"),
        severity=MEDIUM if is_open else LOW,
        expected="viewers_can_edit = false",
    )
