"""MinIO's administrator has the published name and password.

## Why it matters
A server that is given no login takes minioadmin with the password minioadmin and warns in its log. Whoever reaches it
reads and deletes every object: images, reports, exports.

## Bad: no login given
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z  # <-
    command: server /data
    ports: ["9000:9000"]
```

## Bad: written down
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    ports: ["9000:9000"]
    environment:
      MINIO_ROOT_USER: minioadmin
      MINIO_ROOT_PASSWORD: minioadmin  # <-
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    ports: ["9000:9000"]
    environment:
      MINIO_ROOT_USER: records-admin
      MINIO_ROOT_PASSWORD_FILE: /run/secrets/minio_password
```

## Good: the older names
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2020-10-28T08-16-50Z
    command: server /data
    environment:
      MINIO_ACCESS_KEY: records-admin
      MINIO_SECRET_KEY: sample-only-not-a-real-one
```

## Fix
```yaml
environment:
  MINIO_ROOT_USER: records-admin
  MINIO_ROOT_PASSWORD_FILE: /run/secrets/minio_password
```

## References
- MinIO documentation (2024), Root Access Settings: https://min.io/docs/minio/linux/reference/minio-server/settings/root-credentials.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-default-login", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def minio_default_login(server: Minio) -> Iterator[Diagnostic]:
    if known(server.has_published_login):
        yield fail(
            f"MinIO's administrator is minioadmin with the password minioadmin; {server.exposure.reason}",
            at=server.place("MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY", "MINIO_ROOT_USER", "MINIO_ACCESS_KEY"),
            severity=server.exposure.scale(CRITICAL),
            expected="MINIO_ROOT_USER and MINIO_ROOT_PASSWORD_FILE",
        )
