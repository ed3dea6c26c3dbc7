"""Prometheus or an exporter accepts TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 have known attacks and are withdrawn (RFC 8996). An attacker on the path makes both sides use the oldest
version that they have in common.

## Bad
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  min_version: TLS10  # <-
```

## Good
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  min_version: TLS13
```

## Good: the default is TLS 1.2
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  max_version: TLS12
```

## Good: without TLS it says nothing
```yaml web-config.yml
tls_server_config:
  min_version: TLS10
```

## Fix
```yaml
tls_server_config:
  min_version: TLS12
```

## References
- prometheus/exporter-toolkit 0.14, docs/web-configuration.md (min_version)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer


@check("prometheus-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def prometheus_old_tls(server: MonitoringServer) -> Iterator[Diagnostic]:
    if not known(server.has_tls):
        return
    old = [version for version in known(server.tls_versions) if version in {"TLS10", "TLS11"}]
    if old:
        yield fail(
            f"{' and '.join(old)} can be negotiated",
            at=server.place("min_version"),
            severity=server.exposure.scale(MEDIUM),
            expected="min_version: TLS12",
        )
