"""Anyone who reaches Alertmanager's port for its peers can silence alerts.

## Why it matters
Alertmanagers tell each other over port 9094 which alerts are silenced. Unless told otherwise each one listens there, without
TLS and without asking who is there: whoever joins adds silences of their own.

## Bad: the default
```yaml compose.yaml
services:
  alerts:
    image: prom/alertmanager:v0.27.0  # <-
    ports: ["9094:9094"]
```

## Good
```yaml compose.yaml
services:
  alerts:
    image: prom/alertmanager:v0.27.0
    ports: ["9094:9094"]
    command:
      - --config.file=/etc/alertmanager/alertmanager.yml
      - --cluster.listen-address=
```

## Good: with TLS between them
```yaml compose.yaml
services:
  alerts:
    image: prom/alertmanager:v0.27.0
    ports: ["9094:9094"]
    command:
      - --config.file=/etc/alertmanager/alertmanager.yml
      - --cluster.tls-config=/etc/alertmanager/gossip.yml
```

## Fix
Switch it off for a single one, else use TLS:
```text
--cluster.listen-address=
```

## References
- Alertmanager 0.27, High availability and HTTPS: https://prometheus.io/docs/alerting/0.27/https/
- Alertmanager 0.25, `alertmanager --help` (cluster.listen-address: `0.0.0.0:9094`)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check("alertmanager-gossip-open", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=306)
def alertmanager_gossip_open(server: MonitoringServer) -> Iterator[Diagnostic]:
    if server.settings.get("cluster.listen-address") is None or server.gossip.is_loopback:
        return  # it is no Alertmanager, or has no peers elsewhere
    if not known(server.text("cluster.listen-address")):
        return
    if not known(server.text("cluster.tls-config")):
        yield fail(
            f"Everybody can join and silence alerts; {server.gossip.reason}",
            at=server.where("cluster.listen-address"),
            severity=server.gossip.scale(MEDIUM),
            expected="--cluster.listen-address= or --cluster.tls-config",
        )
