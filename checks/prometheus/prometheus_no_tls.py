"""Prometheus or an exporter serves clients of other hosts without TLS.

## Why it matters
Metrics, and the passwords of those who ask for them, cross the network readable and changeable for anybody on the path.

## Bad: the default
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0  # <-
    ports: ["9090:9090"]
```

## Bad: passwords without TLS
```yaml web-config.yml
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

## Good: reachable from the same host only
```text etc/systemd/system/node.service
[Service]
ExecStart=/usr/local/bin/node_exporter --web.listen-address localhost:9100
```

## Fix
```yaml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
```

## References
- Prometheus 2.53, HTTPS and authentication: https://prometheus.io/docs/prometheus/2.53/configuration/https/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check("prometheus-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def prometheus_no_tls(server: MonitoringServer) -> Iterator[Diagnostic]:
    if server.exposure.is_loopback or known(server.has_tls):
        return
    with_passwords = known(server.has_users)
    yield fail(
        f"{server.title} {'takes passwords' if with_passwords else 'answers'} without TLS; {server.exposure.in_clear.reason}",
        at=server.place("cert_file"),
        severity=server.exposure.in_clear.scale(HIGH if with_passwords else MEDIUM),
        expected="tls_server_config with cert_file and key_file",
    )
