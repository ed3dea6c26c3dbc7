"""Grafana serves clients of other hosts without TLS.

## Why it matters
Passwords, session cookies and what dashboards show cross the network readable and changeable for anybody on the path. A
proxy that speaks TLS protects the way to it only, unless Grafana can be reached by nothing but the proxy.

## Bad: the default
```ini grafana.ini
[server]  ; <-
http_port = 3000
```

## Bad: published beside the proxy
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0  # <-
    ports: ["3000:3000"]
    environment:
      GF_SERVER_ROOT_URL: https://dashboards.clinic.example/
```

## Good
```ini grafana.ini
[server]
protocol = https
cert_file = /etc/grafana/tls/server.crt
cert_key = /etc/grafana/tls/server.key
```

## Good: reachable from the same host only
```ini grafana.ini
[server]
http_addr = 127.0.0.1
```

## Good: a Unix socket
```ini grafana.ini
[server]
protocol = socket
socket = /run/grafana/grafana.sock
```

## Fix
```ini
[server]
protocol = https
cert_file = /etc/grafana/tls/server.crt
cert_key = /etc/grafana/tls/server.key
```

## References
- Grafana 11, Configure Grafana, server (protocol): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#server
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def grafana_no_tls(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.speaks_tls) or grafana.exposure.is_loopback:
        return
    severity = grafana.exposure.in_clear.scale(HIGH)
    behind_proxy = grafana.is_behind_tls is True
    yield fail(
        f"Grafana serves {'its proxy and others' if behind_proxy else 'clients'} without TLS; {grafana.exposure.in_clear.reason}",
        at=grafana.where("server.protocol"),
        severity=severity.lowered(1) if behind_proxy else severity,
        expected="protocol = https",
    )
