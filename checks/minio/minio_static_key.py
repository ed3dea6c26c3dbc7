"""MinIO's key for all objects stands in its own configuration.

## Why it matters
`MINIO_KMS_SECRET_KEY` is one key that never changes, beside the data it protects: who reads the configuration reads the
objects, and there is no way to change the key.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_KMS_SECRET_KEY: records:c2FtcGxlLW9ubHktbm90LWEtcmVhbC1rZXktMDAwMDA=  # <-
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_KMS_KES_ENDPOINT: https://kes.clinic.example:7373
      MINIO_KMS_KES_KEY_NAME: records
```

## Fix
```yaml
environment:
  MINIO_KMS_KES_ENDPOINT: https://kes.clinic.example:7373
```

## References
- MinIO documentation (2024), Key Management Service settings: https://min.io/docs/minio/linux/reference/minio-server/settings/kes.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-static-key", severity=MEDIUM, control=Control.KEY_MANAGEMENT, cwe=321)
def minio_static_key(server: Minio) -> Iterator[Diagnostic]:
    if known(server.any_set(r"MINIO_KMS_SECRET_KEY")):
        yield fail(
            "One key that never changes protects all objects, in MinIO's own configuration",
            at=server.where("MINIO_KMS_SECRET_KEY"),
            expected="MINIO_KMS_KES_ENDPOINT",
        )
