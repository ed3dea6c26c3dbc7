"""MinIO keeps each object on one drive.

## Why it matters
On a single drive there is no erasure coding: a broken disk takes every object with it, and damaged bits cannot be
repaired.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z  # <-
    command: server /data --console-address ":9001"
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data{1...4} --console-address ":9001"
```

## Good: four servers
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: ["server", "--console-address", ":9001", "https://objects{1...4}.clinic.example/data"]
```

## Fix
```text
minio server /data{1...4}
```

## References
- MinIO documentation (2024), Erasure Coding: https://min.io/docs/minio/linux/operations/concepts/erasure-coding.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-single-drive", severity=LOW, control=Control.AVAILABILITY, also=(Control.DURABILITY,))
def minio_single_drive(server: Minio) -> Iterator[Diagnostic]:
    if known(server.drives) == 1:
        yield fail(
            "MinIO keeps each object on one drive, without a copy",
            at=server.place("MINIO_VOLUMES"),
            expected="four drives or more",
        )
