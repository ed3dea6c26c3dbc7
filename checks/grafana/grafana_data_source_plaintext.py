"""Grafana sends a data source's password without TLS.

## Why it matters
The password, and all that the data source answers, crosses the network readable for anybody on the path.

## Bad
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: readings
    type: influxdb
    url: http://series.clinic.example:8086  # <-
    secureJsonData:
      token: $INFLUX_TOKEN
```

## Bad: PostgreSQL
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: readings
    type: postgres
    url: db.clinic.example:5432
    user: grafana
    secureJsonData:
      password: $DB_PASSWORD
    jsonData:
      sslmode: disable  # <-
```

## Good
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: readings
    type: influxdb
    url: https://series.clinic.example:8086
    secureJsonData:
      token: $INFLUX_TOKEN
```

## Good: no password, and the same host
```yaml provisioning/datasources/clinic.yaml
apiVersion: 1
datasources:
  - name: metrics
    type: prometheus
    url: http://prometheus:9090
  - name: here
    type: influxdb
    url: http://127.0.0.1:8086
    secureJsonData:
      token: $INFLUX_TOKEN
```

## Fix
```yaml
    url: https://series.clinic.example:8086
```

## References
- Grafana 11, Provision Grafana, data sources: https://grafana.com/docs/grafana/v11.0/administration/provisioning/#data-sources
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.grafana import GrafanaDataSources


@check("grafana-data-source-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def grafana_data_source_plaintext(given: GrafanaDataSources) -> Iterator[Diagnostic]:
    if given.opened:
        yield not_evaluated(given.opened)
    for source in given.sources:
        if isinstance(source.url, Unknown) or source.is_elsewhere is not True or not source.logs_in:
            continue
        without_tls = source.mode == "disable" if source.is_postgres else source.url.startswith("http://")
        if without_tls:
            host = str(source.host)
            yield fail(
                f"The log-in of the data source {source.name} goes to {host} without TLS",
                at=source.mode_at if source.is_postgres else source.url_at,
                key=source.name,
                # A name without a point is another container's or one of the same network.
                severity=HIGH if "." in host else MEDIUM,
                expected="sslmode: verify-full" if source.is_postgres else "https://",
            )
