"""Prometheus or an exporter asks for client certificates, and lets clients in without a good one.

## Why it matters
Only `RequireAndVerifyClientCert` demands a certificate and verifies it. The other policies let in clients without one, or with
one that they made themselves.

## Bad
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: VerifyClientCertIfGiven  # <-
  client_ca_file: ca.crt
```

## Bad: any certificate
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAnyClientCert  # <-
```

## Good
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.crt
```

## Good: no certificate is asked for
```yaml web-config.yml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: NoClientCert
```

## Fix
```yaml
tls_server_config:
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.crt
```

## References
- prometheus/exporter-toolkit 0.14, docs/web-configuration.md (client_auth_type)
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import MonitoringServer

_CLEAR = {
    "RequestClientCert": "Client certificates are asked for and not needed",
    "VerifyClientCertIfGiven": "Client certificates are verified and not needed",
    "RequireAnyClientCert": "Any client certificate is taken, whoever issued it",
    "RequireClientCert": "Any client certificate is taken, whoever issued it",
}


@check("prometheus-client-certificate-optional", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def prometheus_client_certificate_optional(server: MonitoringServer) -> Iterator[Diagnostic]:
    message = _CLEAR.get(known(server.client_policy))
    if message is not None:
        yield fail(
            message,
            at=server.place("client_auth_type"),
            severity=LOW if server.has_users is True else MEDIUM,
            expected="client_auth_type: RequireAndVerifyClientCert",
        )
