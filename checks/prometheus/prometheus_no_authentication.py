"""Prometheus or an exporter answers anyone who reaches it.

## Why it matters
Metrics name hosts, users, queries and versions, and count what patients do. Whoever reads an Alertmanager's port also
silences its alerts; whoever reaches Prometheus's makes it work with expensive queries.

## Bad: the default
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0  # <-
    ports: ["9090:9090"]
```

## Bad: TLS with a certificate that nobody verifies
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.config.file=/etc/prometheus/web.yml  # <-
    volumes: ["./web.yml:/etc/prometheus/web.yml:ro"]
```
```yaml web.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAnyClientCert
```

## Bad: a web configuration without users
```yaml web-config.yml
tls_server_config:  # <-
  cert_file: server.crt
  key_file: server.key
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

## Good: certificates of clients
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.crt
```

## Good: reachable from the same host only
```text etc/systemd/system/prometheus.service
[Service]
ExecStart=/usr/bin/prometheus --web.listen-address=127.0.0.1:9090
```

## Fix
Ask for a password, whose hash `htpasswd -nBC 10 ""` makes, or for a certificate:
```yaml
basic_auth_users:
  grafana: <bcrypt hash>
```

## References
- Prometheus 2.53, HTTPS and authentication: https://prometheus.io/docs/prometheus/2.53/configuration/https/
- prometheus/exporter-toolkit 0.14, docs/web-configuration.md
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check("prometheus-no-authentication", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def prometheus_no_authentication(server: MonitoringServer) -> Iterator[Diagnostic]:
    if server.exposure.is_loopback or known(server.asks_who):
        return
    yield fail(
        f"{server.title} answers without a log-in; {server.exposure.reason}",
        at=server.place("client_auth_type") if server.origin == "file" else server.where("web.config.file"),
        severity=server.exposure.scale(MEDIUM if server.is_exporter else HIGH),
        expected="basic_auth_users, or client_auth_type: RequireAndVerifyClientCert",
    )
