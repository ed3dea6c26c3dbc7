"""MinIO keeps no audit log.

## Why it matters
Who read, changed or deleted an object goes into the audit log alone, and MinIO writes it only to a webhook or to Kafka.
Without one nobody can say after an incident whose images were seen.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z  # <-
    command: server /data
```

## Bad: switched off
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_AUDIT_WEBHOOK_ENABLE_primary: "off"  # <-
      MINIO_AUDIT_WEBHOOK_ENDPOINT_primary: https://audit.clinic.example/minio
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_AUDIT_WEBHOOK_ENABLE_primary: "on"
      MINIO_AUDIT_WEBHOOK_ENDPOINT_primary: https://audit.clinic.example/minio
```

## Good: to Kafka
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_AUDIT_KAFKA_ENABLE: "on"
      MINIO_AUDIT_KAFKA_BROKERS: kafka.clinic.example:9093
```

## Fix
```yaml
environment:
  MINIO_AUDIT_WEBHOOK_ENABLE_primary: "on"
  MINIO_AUDIT_WEBHOOK_ENDPOINT_primary: https://audit.clinic.example/minio
```

## References
- MinIO documentation (2024), Publish Server or Audit Logs to an External Service: https://min.io/docs/minio/linux/operations/monitoring/minio-logging.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-audit-log-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def minio_audit_log_off(server: Minio) -> Iterator[Diagnostic]:
    if not known(server.any_set(r"MINIO_AUDIT_(?:WEBHOOK|KAFKA)_ENABLE(?:_\w+)?")):
        found = [
            name
            for name in server.settings
            if name.startswith(("MINIO_AUDIT_WEBHOOK_ENABLE", "MINIO_AUDIT_KAFKA_ENABLE"))
        ]
        yield fail(
            "MinIO keeps no audit log",
            at=server.place(*found),
            expected="MINIO_AUDIT_WEBHOOK_ENABLE and MINIO_AUDIT_WEBHOOK_ENDPOINT",
        )
