"""Prometheus or Alertmanager sends passwords or series to other hosts without TLS.

## Why it matters
A password or token that is sent readable is anybody's on the path. Remote write sends everything that is measured.

## Bad
```yaml prometheus.yml
scrape_configs:
  - job_name: records
    scheme: http  # <-
    basic_auth: {username: metrics, password_file: /etc/prometheus/records}
    static_configs: [{targets: [records.clinic.example:8080]}]
```

## Bad: http is the default
```yaml prometheus.yml
scrape_configs:
  - job_name: records  # <-
    authorization: {credentials_file: /etc/prometheus/token}
    static_configs: [{targets: [records.clinic.example:8080]}]
```

## Bad: everything, to another host
```yaml prometheus.yml
remote_write:
  - url: http://longterm.clinic.example/api/v1/write  # <-
```

## Good
```yaml prometheus.yml
scrape_configs:
  - job_name: records
    scheme: https
    basic_auth: {username: metrics, password_file: /etc/prometheus/records}
    static_configs: [{targets: [records.clinic.example:8443]}]
remote_write:
  - url: https://longterm.clinic.example/api/v1/write
```

## Good: no password, and the same host
```yaml prometheus.yml
scrape_configs:
  - job_name: open
    static_configs: [{targets: [records.clinic.example:8080]}]
  - job_name: here
    basic_auth: {username: metrics, password_file: /etc/prometheus/records}
    static_configs: [{targets: [localhost:8080]}]
remote_write:
  - url: http://127.0.0.1:8480/write
```

## Fix
```yaml
    scheme: https
```

## References
- Prometheus 2.53, Configuration, scrape_config and remote_write: https://prometheus.io/docs/prometheus/2.53/configuration/configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.prometheus import Connections


@check("prometheus-client-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def prometheus_client_plaintext(config: Connections) -> Iterator[Diagnostic]:
    if config.opened:
        yield not_evaluated(config.opened)
    for client in config.clients:
        if not client.logs_in and client.kind not in {"remote write", "webhook"}:
            continue
        if isinstance(client.scheme, Unknown):
            yield not_evaluated(client.scheme.reason)
        elif client.scheme == "http" and client.is_elsewhere is True:
            told = "Alerts are" if client.kind == "webhook" else "Series are"
            # A name without a point is another container's or one of the same network.
            severity = HIGH if client.is_far else MEDIUM
            yield fail(
                f"{'A password or token is' if client.logs_in else told} sent without TLS to {client.what}",
                at=client.scheme_at,
                key=client.what,
                severity=severity if client.logs_in else severity.lowered(1),
                expected="https",
            )
