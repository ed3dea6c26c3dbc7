"""The OpenTelemetry Collector sends telemetry to other hosts without TLS.

## Why it matters
Traces and logs carry the names and numbers of patients in addresses, queries and messages, and the exporter's own key. Without
TLS they cross the network readable and changeable for anybody on the path.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: traces.clinic.example:4317
    tls:
      insecure: true  # <-
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Bad: over HTTP
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlphttp:
    endpoint: http://traces.clinic.example:4318  # <-
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlphttp]
```

## Good
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: traces.clinic.example:4317
    tls:
      ca_file: ca.crt
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: to the same host, and in no pipeline
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: localhost:4317
    tls: {insecure: true}
  otlphttp:
    endpoint: http://traces.clinic.example:4318
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: https beats insecure
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: https://traces.clinic.example:4317
    tls: {insecure: true}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
```yaml
    tls:
      insecure: false
      ca_file: ca.crt
```

## References
- OpenTelemetry Collector 0.113, config/configtls/README.md (insecure)
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-exporter-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def otel_exporter_plaintext(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for sender in collector.senders:
        if sender.is_local:
            continue
        plaintext = sender.is_plaintext
        if isinstance(plaintext, Unknown):
            yield not_evaluated(plaintext.reason)
        elif plaintext:
            yield fail(
                f"The exporter {sender.name} sends to {sender.host} without TLS",
                at=sender.where("insecure") if sender.is_grpc else sender.address_at,
                key=sender.name,
                # A name without a point is another container's or one of the same network.
                severity=HIGH if "." in sender.host else MEDIUM,
                expected="insecure: false" if sender.is_grpc else "https://",
            )
