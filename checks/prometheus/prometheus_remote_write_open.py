"""Anyone who reaches Prometheus can write metrics into it.

## Why it matters
The receiver of remote write takes series from whoever sends them. False values hide an attack or a fault from the alerts, and
new series without end fill memory and disk.

## Bad
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.enable-remote-write-receiver  # <-
```

## Bad: the older name
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.33.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --enable-feature=exemplar-storage,remote-write-receiver  # <-
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --enable-feature=exemplar-storage
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
      - --web.enable-remote-write-receiver
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
Ask for a log-in:
```text
--web.config.file=/etc/prometheus/web.yml
```

## References
- Prometheus 2.53, HTTP API, Remote Write Receiver: https://prometheus.io/docs/prometheus/2.53/querying/api/#remote-write-receiver
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check(
    "prometheus-remote-write-open", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.INTEGRITY,), cwe=306
)
def prometheus_remote_write_open(server: MonitoringServer) -> Iterator[Diagnostic]:
    features = known(server.text("enable-feature")) or ""
    as_feature = "remote-write-receiver" in features.split(",")
    if server.exposure.is_loopback or not (as_feature or known(server.is_on("web.enable-remote-write-receiver"))):
        return
    if not known(server.asks_who):
        yield fail(
            f"Everybody can write series; {server.exposure.reason}",
            at=server.where("enable-feature" if as_feature else "web.enable-remote-write-receiver"),
            severity=server.exposure.scale(HIGH),
            expected="--web.config.file with users",
        )
