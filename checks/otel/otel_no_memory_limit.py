"""A flood of telemetry stops the OpenTelemetry Collector.

## Why it matters
Without `memory_limiter`, a pipeline takes whatever comes until the system ends the process, and with it go all records in
flight. The processor refuses data in time, so that senders try again.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:  # <-
      receivers: [otlp]
      exporters: [otlp]
```

## Good
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
processors:
  memory_limiter: {check_interval: 1s, limit_percentage: 75, spike_limit_percentage: 15}
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter]
      exporters: [otlp]
```

## Good: by another name
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
processors:
  memory_limiter/small: {check_interval: 1s, limit_mib: 200}
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter/small]
      exporters: [otlp]
```

## Fix
Put it first:
```yaml
processors:
  memory_limiter: {check_interval: 1s, limit_percentage: 75, spike_limit_percentage: 15}
service:
  pipelines:
    traces:
      processors: [memory_limiter]
```

## References
- OpenTelemetry Collector 0.113, processor/memorylimiterprocessor/README.md
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-no-memory-limit", severity=LOW, control=Control.RESOURCE_LIMITS, also=(Control.AVAILABILITY,), cwe=770)
def otel_no_memory_limit(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for pipeline in collector.pipelines:
        if not pipeline.limits_memory:
            yield fail(
                f"The pipeline {pipeline.name} has no memory_limiter",
                at=pipeline.at,
                key=pipeline.name,
                expected="processors: [memory_limiter, ...]",
            )
