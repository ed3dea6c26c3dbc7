"""The OpenTelemetry Collector takes telemetry from anyone who reaches it.

## Why it matters
Traces, metrics and logs of anybody land among the clinic's own: false records hide what happened, and a flood of them fills
storage. A server that reads them into dashboards shows what a stranger wrote.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317  # <-
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Bad: every address is the default before 0.104
```yaml compose.yaml
services:
  telemetry:
    image: otel/opentelemetry-collector:0.100.0
    ports: ["4317:4317"]
    volumes: ["./otel.yaml:/etc/otelcol/config.yaml:ro"]
```
```yaml otel.yaml
receivers:
  otlp:
    protocols:
      grpc:  # <-
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Bad: a custom resource of the operator
```yaml collector.yaml
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata:
  name: traces
spec:
  mode: daemonset
  hostNetwork: true
  config:
    receivers:
      otlp:
        protocols:
          grpc:
            endpoint: 0.0.0.0:4317  # <-
    exporters:
      otlp:
        endpoint: traces.clinic.example:4317
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

## Good: an authenticator
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
        auth: {authenticator: basicauth/server}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
extensions:
  basicauth/server:
    htpasswd: {file: /etc/otel/htpasswd}
service:
  extensions: [basicauth/server]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Good: loopback is the default since 0.104
```yaml compose.yaml
services:
  telemetry:
    image: otel/opentelemetry-collector:0.113.0
    ports: ["4317:4317"]
    volumes: ["./otel.yaml:/etc/otelcol/config.yaml:ro"]
```
```yaml otel.yaml
receivers:
  otlp:
    protocols:
      grpc:
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
  zipkin: {endpoint: 0.0.0.0:9411}
exporters:
  otlp: {endpoint: traces.clinic.example:4317}
service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp]
```

## Fix
Listen where only senders of the same host or pod are, or ask who is there:
```yaml
        tls:
          cert_file: server.crt
          key_file: server.key
          client_ca_file: ca.crt
```

## References
- OpenTelemetry, Collector configuration best practices: https://opentelemetry.io/docs/security/config-best-practices/
- OpenTelemetry blog, Hardening the Collector, episode 1 (0.104.0): https://opentelemetry.io/blog/2024/hardening-the-collector-one/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-open-receiver", severity=MEDIUM, control=Control.AUTHENTICATION, also=(Control.INTEGRITY,), cwe=306)
def otel_open_receiver(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for receiver in collector.receivers:
        if receiver.asks_who or receiver.exposure.is_loopback:
            continue
        if isinstance(receiver.host, Unknown):
            yield not_evaluated(receiver.host.reason)
            continue
        yield fail(
            f"The receiver {receiver.name} takes telemetry from everybody; {receiver.exposure.reason}",
            at=receiver.at,
            key=receiver.name,
            severity=receiver.exposure.scale(MEDIUM),
            expected="localhost, client_ca_file or auth",
        )
