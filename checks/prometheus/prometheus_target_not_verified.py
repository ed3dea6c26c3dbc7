"""Prometheus or Alertmanager takes any certificate of a server that it asks.

## Why it matters
Whoever answers in the server's place gets the passwords and metrics that are sent, and decides what is measured.

## Bad
```yaml prometheus.yml
scrape_configs:
  - job_name: records
    scheme: https
    basic_auth: {username: metrics, password_file: /etc/prometheus/records}
    tls_config:
      insecure_skip_verify: true  # <-
    static_configs: [{targets: [records.clinic.example:8443]}]
```

## Bad: a webhook
```yaml alertmanager.yml
route: {receiver: pager}
receivers:
  - name: pager
    webhook_configs:
      - url: https://pager.clinic.example/alerts
        http_config:
          tls_config:
            insecure_skip_verify: true  # <-
```

## Good
```yaml prometheus.yml
scrape_configs:
  - job_name: records
    scheme: https
    basic_auth: {username: metrics, password_file: /etc/prometheus/records}
    tls_config:
      ca_file: /etc/prometheus/ca.crt
      insecure_skip_verify: false
    static_configs: [{targets: [records.clinic.example:8443]}]
```

## Good: no TLS to verify, and the same host
```yaml prometheus.yml
scrape_configs:
  - job_name: plain
    tls_config: {insecure_skip_verify: true}
    static_configs: [{targets: [records.clinic.example:8080]}]
  - job_name: here
    scheme: https
    tls_config: {insecure_skip_verify: true}
    static_configs: [{targets: [localhost:8443]}]
```

## Fix
```yaml
    tls_config:
      ca_file: /etc/prometheus/ca.crt
```

## References
- Prometheus 2.53, Configuration, tls_config: https://prometheus.io/docs/prometheus/2.53/configuration/configuration/#tls_config
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.prometheus import Connections


@check("prometheus-target-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def prometheus_target_not_verified(config: Connections) -> Iterator[Diagnostic]:
    if config.opened:
        yield not_evaluated(config.opened)
    for client in config.clients:
        if client.skips_verification is False or client.scheme == "http" or client.is_elsewhere is False:
            continue
        if isinstance(client.skips_verification, Unknown):
            yield not_evaluated(client.skips_verification.reason)
            continue
        yield fail(
            f"Any certificate is taken for {client.what}",
            at=client.skip_at,
            key=client.what,
            severity=HIGH if client.logs_in else MEDIUM,
            expected="ca_file",
        )
