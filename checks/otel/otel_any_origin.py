"""Pages of any site may send telemetry to the OpenTelemetry Collector.

## Why it matters
With `*`, the browser of everybody in the network sends what any page on the internet tells it to: false traces in the clinic's
records, from inside.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      http:
        endpoint: 0.0.0.0:4318
        cors:
          allowed_origins: ["*"]  # <-
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Bad: every site with TLS
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      http:
        endpoint: localhost:4318
        cors:
          allowed_origins: ["https://*"]  # <-
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      http:
        endpoint: 0.0.0.0:4318
        cors:
          allowed_origins: ["https://portal.clinic.example", "https://*.clinic.example"]
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: in no pipeline
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
  otlp/browser: {protocols: {http: {cors: {allowed_origins: ["*"]}}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
```yaml
        cors:
          allowed_origins: ["https://portal.clinic.example"]
```

## References
- OpenTelemetry Collector 0.113, config/confighttp/README.md (cors)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.otel import Collector

_EVERY = frozenset({"*", "http://*", "https://*", "*://*"})


@check("otel-any-origin", severity=MEDIUM, control=Control.INTEGRITY, cwe=942)
def otel_any_origin(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for receiver in collector.receivers:
        if any(origin in _EVERY for origin in receiver.origins):
            yield fail(
                f"Pages of every site may send to the receiver {receiver.name}",
                at=receiver.origins_at,
                key=receiver.name,
                expected="the portal's own origin",
            )
