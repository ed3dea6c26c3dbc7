"""Anyone who reaches Prometheus can delete its data.

## Why it matters
With `--web.enable-admin-api`, a request deletes series or writes a copy of the whole database to the disk. With it go the
traces of what happened and the base of the alerts.

## Bad
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.enable-admin-api  # <-
```

## Bad: only those who may read may delete
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.config.file=/etc/prometheus/web.yml
      - --web.enable-admin-api  # <-
    volumes: ["./web.yml:/etc/prometheus/web.yml:ro"]
```
```yaml web.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
basic_auth_users:
  grafana: $2y$10$exampleexampleexampleeOmadeupmadeupmadeupmadeupmadeup
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --no-web.enable-admin-api
```

## Good: reachable from the same host only
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.listen-address=127.0.0.1:9090
      - --web.enable-admin-api
```

## Fix
Leave the flag out; use it for the time of a repair, with the port closed.

## References
- Prometheus 2.53, HTTP API, TSDB Admin APIs: https://prometheus.io/docs/prometheus/2.53/querying/api/#tsdb-admin-apis
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check("prometheus-admin-api", severity=HIGH, control=Control.INTEGRITY, also=(Control.AUTHORIZATION,), cwe=749)
def prometheus_admin_api(server: MonitoringServer) -> Iterator[Diagnostic]:
    if server.exposure.is_loopback or not known(server.is_on("web.enable-admin-api")):
        return
    asks = known(server.asks_who)
    yield fail(
        f"{'Every user' if asks else 'Everybody'} can delete series and copy the database; {server.exposure.reason}",
        at=server.where("web.enable-admin-api"),
        severity=LOW if asks else server.exposure.scale(HIGH),
        expected="no --web.enable-admin-api",
    )
