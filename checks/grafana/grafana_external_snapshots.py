"""Users can publish what dashboards show on a server of another company.

## Why it matters
A snapshot holds the data of a dashboard as it was. With one click it goes to `snapshots.raintank.io`, or the server that is
set, and whoever has the link reads it without a log-in.

## Bad: the default
```ini grafana.ini
[snapshots]  ; <-
snapshot_remove_expired = true
```

## Bad: any word but a false one
```ini grafana.ini
[snapshots]
external_enabled = never  ; <-
```

## Good
```ini grafana.ini
[snapshots]
external_enabled = false
```

## Good: no snapshots at all
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SNAPSHOTS_ENABLED: "false"
```

## Fix
```ini
[snapshots]
external_enabled = false
```

## References
- Grafana 11, Configure Grafana, snapshots (external_enabled): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#snapshots
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-external-snapshots", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=359)
def grafana_external_snapshots(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.is_on("snapshots.enabled")) and known(grafana.is_on("snapshots.external_enabled")):
        yield fail(
            "Users can publish the data of a dashboard on an external snapshot server",
            at=grafana.where("snapshots.external_enabled"),
            expected="external_enabled = false",
        )
