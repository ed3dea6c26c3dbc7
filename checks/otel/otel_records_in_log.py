"""The OpenTelemetry Collector writes whole records of telemetry into its own log.

## Why it matters
At `detailed`, the debug exporter prints every attribute and message: names and numbers of patients, tokens in headers and
addresses. They end in the container's log, which more people read and which is kept elsewhere.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  debug:
    verbosity: detailed  # <-
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [debug]
```

## Bad: the exporter's older name
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  logging:
    loglevel: debug  # <-
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
  debug:
    verbosity: basic
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [debug]
```

## Good: in no pipeline
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  debug:
    verbosity: detailed
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
```yaml
exporters:
  debug:
    verbosity: basic
```

## References
- OpenTelemetry Collector 0.113, exporter/debugexporter/README.md (verbosity; basic by default)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check(
    "otel-records-in-log",
    severity=MEDIUM,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.PHI_EXPOSURE,),
    cwe=532,
)
def otel_records_in_log(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for exporter in collector.logged:
        yield fail(
            f"The exporter {exporter.name} writes every attribute into the log",
            at=exporter.at,
            key=exporter.name,
            expected="verbosity: basic",
        )
