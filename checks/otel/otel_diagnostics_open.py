"""The OpenTelemetry Collector shows its inside to anyone who reaches it.

## Why it matters
`zpages` lists pipelines, versions and samples of requests; `pprof` gives out what the memory holds of records in flight, and lets
whoever asks keep the processor busy.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
extensions:
  zpages:
    endpoint: 0.0.0.0:55679  # <-
service:
  extensions: [zpages]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Bad: the profiler
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
extensions:
  pprof: {endpoint: ":1777"}  # <-
service:
  extensions: [pprof]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: loopback is the default
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
extensions:
  zpages: {}
  pprof: {}
service:
  extensions: [zpages, pprof]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: not switched on
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
extensions:
  zpages: {endpoint: 0.0.0.0:55679}
  health_check: {endpoint: 0.0.0.0:13133}
service:
  extensions: [health_check]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
```yaml
extensions:
  zpages:
    endpoint: localhost:55679
```

## References
- OpenTelemetry Collector 0.113, extension/zpagesextension/README.md; contrib, extension/pprofextension/README.md
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-diagnostics-open", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def otel_diagnostics_open(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for extension in collector.diagnostics:
        if isinstance(extension.host, Unknown):
            yield not_evaluated(extension.host.reason)
        elif not extension.exposure.is_loopback and not extension.asks_who:
            yield fail(
                f"{extension.name} is open to everybody; {extension.exposure.reason}",
                at=extension.at,
                key=extension.name,
                severity=extension.exposure.scale(MEDIUM),
                expected=f"endpoint: localhost:{extension.port}",
            )
