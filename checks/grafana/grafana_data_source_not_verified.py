"""Grafana takes any certificate of a data source.

## Why it matters
Whoever answers in the data source's place gets the password that Grafana sends it, and decides what the dashboards show.

## Bad
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: readings
    type: elasticsearch
    access: proxy
    url: https://search.clinic.example:9200
    jsonData:
      tlsSkipVerify: true  # <-
```

## Bad: PostgreSQL, encrypted for anybody
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: readings
    type: postgres
    url: db.clinic.example:5432
    user: grafana
    jsonData:
      sslmode: require  # <-
```

## Good
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: readings
    type: elasticsearch
    access: proxy
    url: https://search.clinic.example:9200
    jsonData:
      tlsAuthWithCACert: true
```

## Good: the same host, and no TLS to verify
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: here
    type: elasticsearch
    url: https://localhost:9200
    jsonData:
      tlsSkipVerify: true
  - name: plain
    type: prometheus
    url: http://metrics:9090
    jsonData:
      tlsSkipVerify: true
```

## Fix
Give Grafana the certificate of the issuer instead:
```yaml
    jsonData:
      tlsAuthWithCACert: true
    secureJsonData:
      tlsCACert: $__file{/etc/grafana/tls/ca.crt}
```

## References
- Grafana 11, Provision Grafana, data sources: https://grafana.com/docs/grafana/v11.0/administration/provisioning/#data-sources
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.grafana import GrafanaDataSources


@check("grafana-data-source-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def grafana_data_source_not_verified(given: GrafanaDataSources) -> Iterator[Diagnostic]:
    if given.opened:
        yield not_evaluated(given.opened)
    for source in given.sources:
        if isinstance(source.skips_verification, Unknown):
            yield not_evaluated(source.skips_verification.reason)
        elif source.is_elsewhere is False or (isinstance(source.url, str) and source.url.startswith("http://")):
            continue
        elif source.skips_verification or (source.is_postgres and source.mode == "require"):
            yield fail(
                f"Any certificate is taken for the data source {source.name}",
                at=source.skip_at if source.skips_verification else source.mode_at,
                key=source.name,
                expected="tlsSkipVerify: false" if source.skips_verification else "sslmode: verify-full",
            )
