"""MinIO would refuse to start with this configuration.

## Why it matters
The server wants three characters of a name and eight of a password, and ends otherwise. Whatever is running now runs
with something else. Its other settings are not judged.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_ROOT_USER: admin
      MINIO_ROOT_PASSWORD: sample  # <-
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_ROOT_USER: admin
      MINIO_ROOT_PASSWORD: sample-8
```

## Fix
```yaml
environment:
  MINIO_ROOT_PASSWORD_FILE: /run/secrets/minio_password
```

## References
- MinIO documentation (2024), Root Access Settings: https://min.io/docs/minio/linux/reference/minio-server/settings/root-credentials.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.minio import Minio


@check(
    "minio-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def minio_refused_configuration(server: Minio) -> Iterator[Diagnostic]:
    for problem in server.refused:
        yield fail(f"MinIO would refuse to start: {problem.message}", at=problem.at, key=problem.message)
