"""Pages of any site may read what MinIO answers.

## Why it matters
By default every web page that a user opens may read the objects that the user's browser can get, as soon as it has a
link with a signature.

## Bad: the default, with a published port
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z  # <-
    command: server /data
    ports: ["9000:9000"]
```

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    ports: ["9000:9000"]
    environment:
      MINIO_API_CORS_ALLOW_ORIGIN: "*"  # <-
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    ports: ["9000:9000"]
    environment:
      MINIO_API_CORS_ALLOW_ORIGIN: https://viewer.clinic.example
```

## Good: no browser reaches it
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
```

## Fix
```yaml
environment:
  MINIO_API_CORS_ALLOW_ORIGIN: https://viewer.clinic.example
```

## References
- MinIO documentation (2024), Core Settings (MINIO_API_CORS_ALLOW_ORIGIN): https://min.io/docs/minio/linux/reference/minio-server/settings/core.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-any-origin", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def minio_any_origin(server: Minio) -> Iterator[Diagnostic]:
    if server.exposure.reach not in {Reach.PUBLISHED, Reach.HOST_NETWORK}:
        return
    origins = known(server.text("MINIO_API_CORS_ALLOW_ORIGIN")) or "*"
    if "*" in origins.split(","):
        yield fail(
            "Pages of any site may read what MinIO answers",
            at=server.where("MINIO_API_CORS_ALLOW_ORIGIN"),
            expected="MINIO_API_CORS_ALLOW_ORIGIN with the origins that need it",
        )
