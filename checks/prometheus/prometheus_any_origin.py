"""Pages of any site may read what Prometheus answers.

## Why it matters
Prometheus allows every origin unless told otherwise, and asks nobody for a log-in. A page on the internet that somebody in
the network opens reads all metrics through their browser.

## Bad: the default
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0  # <-
    ports: ["9090:9090"]
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.cors.origin=https://dashboards.clinic.example
```

## Good: with a log-in, which such a page does not have
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.config.file=/etc/prometheus/web.yml
    volumes: ["./web.yml:/etc/prometheus/web.yml:ro"]
```
```yaml web.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
basic_auth_users:
  grafana: $2y$10$exampleexampleexampleeOmadeupmadeupmadeupmadeupmadeup
```

## Good: only programs of the same host reach it
```text prometheus.service
[Service]
ExecStart=/usr/bin/prometheus --web.listen-address=127.0.0.1:9090
```

## Fix
```text
--web.cors.origin=https://dashboards.clinic.example
```

## References
- Prometheus 2.42, `prometheus --help` (web.cors.origin: `.*`)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer

_ANY = frozenset({".*", ".+", "(.*)", "^.*$"})


@check("prometheus-any-origin", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def prometheus_any_origin(server: MonitoringServer) -> Iterator[Diagnostic]:
    if server.exposure.is_loopback:
        return
    if known(server.text("web.cors.origin")) in _ANY and not known(server.asks_who):
        yield fail(
            "Pages of every site may read the answers",
            at=server.where("web.cors.origin"),
            expected="--web.cors.origin=https://...",
        )
