"""Grafana stores and deletes snapshots for anyone without a log-in.

## Why it matters
In public mode Grafana is a snapshot server: everybody who reaches it may store content under its name, and delete.

## Bad
```ini grafana.ini
[snapshots]
public_mode = true  ; <-
```

## Good
```ini grafana.ini
[snapshots]
public_mode = false
```

## Good: a later argument
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    command: ["cfg:snapshots.public_mode=false"]
    environment:
      GF_SNAPSHOTS_PUBLIC_MODE: "true"
```

## Fix
```ini
[snapshots]
public_mode = false
```

## References
- Grafana 11, Configure Grafana, snapshots (public_mode): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#snapshots
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-public-snapshot-server", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def grafana_public_snapshot_server(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.is_on("snapshots.public_mode")):
        yield fail(
            "Everybody may store and delete snapshots without a log-in",
            at=grafana.where("snapshots.public_mode"),
            severity=grafana.exposure.scale(HIGH),
            expected="public_mode = false",
        )
