"""The OpenTelemetry Collector takes any certificate of the server that it sends telemetry to.

## Why it matters
Whoever answers in the server's place gets all telemetry and the exporter's key.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: traces.clinic.example:4317
    tls:
      insecure_skip_verify: true  # <-
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
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
      insecure_skip_verify: false
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: to the same host
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: localhost:4317
    tls:
      insecure_skip_verify: true
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
```yaml
    tls:
      ca_file: ca.crt
```

## References
- OpenTelemetry Collector 0.113, config/configtls/README.md (insecure_skip_verify)
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-exporter-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def otel_exporter_not_verified(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for sender in collector.senders:
        skips = sender.switch("insecure_skip_verify")
        if skips is False or sender.is_local or sender.is_plaintext is True:
            continue
        if isinstance(skips, Unknown):
            yield not_evaluated(skips.reason)
            continue
        yield fail(
            f"The exporter {sender.name} takes any certificate",
            at=sender.where("insecure_skip_verify"),
            key=sender.name,
            severity=HIGH if "." in sender.host else MEDIUM,
            expected="ca_file",
        )
