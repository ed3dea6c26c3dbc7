"""The OpenTelemetry Collector would refuse to start with this configuration.

## Why it matters
Whatever is running now runs with something else, and the next restart fails. Its other settings are not judged.

## Bad: a component that is not there
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlphttp]  # <-
```

## Bad: an exporter that 0.111 has no more
```yaml compose.yaml
services:
  telemetry:
    image: otel/opentelemetry-collector:0.113.0
    volumes: ["./otel.yaml:/etc/otelcol/config.yaml:ro"]
```
```yaml otel.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  logging:  # <-
    verbosity: basic
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [logging]
```

## Good
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: a connector is the end of one pipeline and the start of another
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
connectors:
  forward: {}
service:
  pipelines:
    traces: {receivers: [otlp], exporters: [forward]}
    traces/out: {receivers: [forward], exporters: [otlp]}
```

## Fix
Correct the line and look at what the Collector says:
```text
otelcol validate --config=config.yaml
```

## References
- OpenTelemetry, Collector: Configuration, service: https://opentelemetry.io/docs/collector/configuration/#service
- OpenTelemetry Collector, CHANGELOG.md, 0.111.0 (exporter logging removed)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.otel import Collector


@check(
    "otel-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def otel_refused_configuration(collector: Collector) -> Iterator[Diagnostic]:
    for problem in collector.refused:
        yield fail(f"The Collector would refuse to start: {problem.message}", at=problem.at, key=f"{problem.message}")
