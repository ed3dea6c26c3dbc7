"""The OpenTelemetry Collector accepts TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 have known attacks and are withdrawn (RFC 8996). An attacker on the path makes both sides use the oldest version
that they have in common.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
        tls:
          cert_file: server.crt
          key_file: server.key
          client_ca_file: ca.crt
          min_version: "1.0"  # <-
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Bad: an exporter
```yaml otel-collector.yaml
receivers:
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: traces.clinic.example:4317
    tls:
      min_version: "1.1"  # <-
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: the default is 1.2
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
        tls:
          cert_file: server.crt
          key_file: server.key
          client_ca_file: ca.crt
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
  otlp: {protocols: {grpc: {endpoint: localhost:4317}}}
exporters:
  otlp:
    endpoint: traces.clinic.example:4317
    tls:
      min_version: "1.3"
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
```yaml
        tls:
          min_version: "1.2"
```

## References
- OpenTelemetry Collector 0.113, config/configtls/README.md (min_version)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.otel import Collector, version_limit

_OLD = frozenset({"1.0", "1.1"})


@check("otel-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def otel_old_tls(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    parts = [("receiver", each.name, each.tls) for each in collector.receivers]
    parts += [("exporter", each.name, each.tls) for each in collector.senders]
    for part, name, tls in parts:
        limit = version_limit(tls)
        if limit is not None and limit[0] in _OLD:
            yield fail(f"The {part} {name} allows TLS {limit[0]}", at=limit[1], key=name, expected='min_version: "1.2"')
