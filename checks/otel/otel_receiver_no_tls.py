"""The OpenTelemetry Collector takes telemetry of other hosts without TLS.

## Why it matters
Traces and logs carry the names and numbers of patients in addresses, queries and messages. Without TLS they cross the network
readable and changeable for anybody on the path.

## Bad
```yaml otel-collector.yaml
receivers:
  otlp:
    protocols:
      http:
        endpoint: 0.0.0.0:4318  # <-
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

## Good: a sidecar of the application
```yaml pod.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: otel}
data:
  config.yaml: |
    receivers:
      otlp: {protocols: {grpc: {endpoint: 127.0.0.1:4317}}}
    exporters:
      otlp: {endpoint: traces.clinic.example:4317}
    service:
      pipelines:
        traces: {receivers: [otlp], exporters: [otlp]}
---
apiVersion: v1
kind: Pod
metadata: {name: records}
spec:
  containers:
    - name: telemetry
      image: otel/opentelemetry-collector:0.113.0
      args: [--config=/conf/config.yaml]
      volumeMounts: [{name: conf, mountPath: /conf}]
  volumes: [{name: conf, configMap: {name: otel}}]
```

## Fix
```yaml
        tls:
          cert_file: server.crt
          key_file: server.key
```

## References
- OpenTelemetry Collector 0.113, config/configtls/README.md (server configuration)
- OpenTelemetry, Collector: Configuration: https://opentelemetry.io/docs/collector/configuration/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.otel import Collector


@check("otel-receiver-no-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def otel_receiver_no_tls(collector: Collector) -> Iterator[Diagnostic]:
    if collector.incomplete:
        yield not_evaluated(collector.incomplete)
    for receiver in collector.receivers:
        if receiver.has_tls or receiver.is_datagram or receiver.exposure.is_loopback:
            continue
        if isinstance(receiver.host, Unknown):
            yield not_evaluated(receiver.host.reason)
            continue
        yield fail(
            f"The receiver {receiver.name} has no TLS; {receiver.exposure.reason}",
            at=receiver.at,
            key=receiver.name,
            severity=receiver.exposure.scale(MEDIUM),
            expected="tls with cert_file and key_file",
        )
