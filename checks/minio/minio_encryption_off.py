"""MinIO stores objects without encryption.

## Why it matters
Whoever gets hold of a drive, a snapshot of the volume or a backup reads the objects as they are. MinIO encrypts them once
it has a key service.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z  # <-
    command: server /data
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
      MINIO_KMS_AUTO_ENCRYPTION: "on"
```

## Fix
```yaml
environment:
  MINIO_KMS_KES_ENDPOINT: https://kes.clinic.example:7373
  MINIO_KMS_KES_KEY_NAME: records
  MINIO_KMS_AUTO_ENCRYPTION: "on"
```

## References
- MinIO documentation (2024), Server-Side Encryption of Objects: https://min.io/docs/minio/linux/operations/server-side-encryption.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.minio import Minio


@check("minio-encryption-off", severity=MEDIUM, control=Control.ENCRYPTION_AT_REST, cwe=311)
def minio_encryption_off(server: Minio) -> Iterator[Diagnostic]:
    if not known(server.any_set(r"MINIO_KMS_(?:KES_ENDPOINT|SERVER|SECRET_KEY(?:_FILE)?)")):
        yield fail(
            "MinIO stores objects without encryption", expected="MINIO_KMS_KES_ENDPOINT and MINIO_KMS_AUTO_ENCRYPTION"
        )
    elif not known(server.any_set("MINIO_KMS_AUTO_ENCRYPTION")):
        yield not_evaluated("MINIO_KMS_AUTO_ENCRYPTION is not on, so that each bucket's own setting decides")
