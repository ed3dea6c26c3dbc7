"""Prometheus or an exporter would refuse to start with this configuration.

## Why it matters
Whatever is running now runs with something else, and the next restart fails. Its other settings are not judged.

## Bad: a password that is not hashed
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
basic_auth_users:
  grafana: example-password-0192  # <-
```

## Bad: no key
```yaml web-config.yml
tls_server_config:  # <-
  cert_file: server.crt
```

## Bad: a value for a switch
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.enable-lifecycle=true  # <-
```

## Good
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
basic_auth_users:
  grafana: $2y$10$exampleexampleexampleeOmadeupmadeupmadeupmadeupmadeup
```

## Good: the switch and its opposite
```yaml compose.yaml
services:
  metrics:
    image: prom/prometheus:v2.53.0
    ports: ["9090:9090"]
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --web.enable-lifecycle
      - --no-web.enable-admin-api
```

## Fix
Correct the line and look at what the program says:
```text
promtool check web-config web.yml
```

## References
- prometheus/exporter-toolkit 0.14, docs/web-configuration.md
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.prometheus import MonitoringServer


@check(
    "prometheus-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def prometheus_refused_configuration(server: MonitoringServer) -> Iterator[Diagnostic]:
    for problem in server.refused:
        yield fail(f"{server.title} would refuse to start: {problem.message}", at=problem.at, key=problem.message)
