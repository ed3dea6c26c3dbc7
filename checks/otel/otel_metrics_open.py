"""The OpenTelemetry Collector shows collected metrics to anyone who reaches it.

## Why it matters
The exporter `prometheus` waits to be asked, and answers without a log-in: what every service counts, with the names in its
labels.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  prometheus:
    endpoint: 0.0.0.0:8889  # <-
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [prometheus]
```

## Good
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  prometheus:
    endpoint: 0.0.0.0:8889
    tls: {cert_file: server.crt, key_file: server.key, client_ca_file: ca.crt}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [prometheus]
```

## Good: on loopback
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  prometheus:
    endpoint: 127.0.0.1:8889
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [prometheus]
```

## Fix
```yaml
exporters:
  prometheus:
    endpoint: localhost:8889
```

## References
- OpenTelemetry Collector contrib 0.113, exporter/prometheusexporter/README.md
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-metrics-open", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=306)
def otel_metrics_open(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for exporter in collector.scraped:
        if isinstance(exporter.host, Unknown):
            yield not_evaluated(exporter.host.reason)
        elif not exporter.exposure.is_loopback and not exporter.asks_who:
            yield fail(
                f"The exporter {exporter.name} answers everybody; {exporter.exposure.reason}",
                at=exporter.at,
                key=exporter.name,
                severity=exporter.exposure.scale(MEDIUM),
                expected="localhost or client_ca_file",
            )
