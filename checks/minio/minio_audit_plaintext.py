"""MinIO sends its audit log in clear text.

## Why it matters
Audit records name users and objects, and often patients. Over `http://` anybody on the path reads them, and can leave
some out.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_AUDIT_WEBHOOK_ENABLE_primary: "on"
      MINIO_AUDIT_WEBHOOK_ENDPOINT_primary: http://audit.clinic.example/minio  # <-
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

## Good: to a program beside it
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_AUDIT_WEBHOOK_ENDPOINT: http://localhost:8080/audit
```

## Fix
```yaml
environment:
  MINIO_AUDIT_WEBHOOK_ENDPOINT_primary: https://audit.clinic.example/minio
```

## References
- MinIO documentation (2024), Audit Logging Settings: https://min.io/docs/minio/linux/reference/minio-server/settings/metrics-and-logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.minio import Minio

_LOCAL = ("http://localhost", "http://127.", "http://[::1]")


@check(
    "minio-audit-plaintext",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUDIT_LOGGING,),
    cwe=319,
)
def minio_audit_plaintext(server: Minio) -> Iterator[Diagnostic]:
    for name, setting in server.settings.items():
        is_endpoint = name.startswith(("MINIO_AUDIT_WEBHOOK_ENDPOINT", "MINIO_LOGGER_WEBHOOK_ENDPOINT"))
        value = setting.value
        if is_endpoint and isinstance(value, str) and value.startswith("http://") and not value.startswith(_LOCAL):
            yield fail(
                "MinIO sends its log in clear text to another host",
                at=setting.at,
                key=name,
                expected="an https:// endpoint",
            )
