"""Anyone who reaches Prometheus can stop it.

## Why it matters
With `--web.enable-lifecycle`, a request to `/-/quit` ends the server, and one to `/-/reload` makes it read its files again.
While it is down nothing is measured and nobody is alerted.

## Bad
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.enable-lifecycle  # <-
```

## Bad: the value of another flag is not known
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --web.external-url=${METRICS_URL}
      - --web.enable-lifecycle  # <-
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
```

## Good: with a log-in
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.config.file=/etc/prometheus/web.yml
      - --web.enable-lifecycle
    volumes: ["./web.yml:/etc/prometheus/web.yml:ro"]
```
```yaml web.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
basic_auth_users:
  grafana: $2y$10$exampleexampleexampleeOmadeupmadeupmadeupmadeupmadeup
```

## Fix
Leave the flag out and send the process SIGHUP to reload, or ask for a log-in:
```text
--web.config.file=/etc/prometheus/web.yml
```

## References
- Prometheus 2.53, Management API: https://prometheus.io/docs/prometheus/2.53/management_api/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check("prometheus-lifecycle", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.AUTHENTICATION,), cwe=749)
def prometheus_lifecycle(server: MonitoringServer) -> Iterator[Diagnostic]:
    if server.exposure.is_loopback or not known(server.is_on("web.enable-lifecycle")) or known(server.asks_who):
        return
    yield fail(
        f"Everybody can stop {server.title}; {server.exposure.reason}",
        at=server.where("web.enable-lifecycle"),
        severity=server.exposure.scale(MEDIUM),
        expected="no --web.enable-lifecycle",
    )
