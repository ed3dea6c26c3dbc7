"""A script lets everybody into a bucket of MinIO.

## Why it matters
`mc anonymous set` opens a bucket without a log-in: with `download` whoever knows the address reads every object in it,
with `upload` anybody puts files there, and `public` is both.

## Bad
```yaml compose.yaml
services:
  setup:
    image: minio/mc:RELEASE.2024-05-09T17-04-24Z
    entrypoint: ["/bin/sh", "-c", "mc alias set s http://objects:9000 u p && mc anonymous set public s/exports"]  # <-
```

## Bad: the older command
```yaml compose.yaml
services:
  setup:
    image: minio/mc:RELEASE.2021-10-07T04-19-58Z
    entrypoint: ["/bin/sh", "-c", "mc policy set download s/images"]  # <-
```

## Bad: in a script
```text scripts/buckets.sh
#!/bin/sh
mc alias set s https://objects.clinic.example "$USER" "$PASSWORD"
mc mb --ignore-existing s/exports
mc anonymous set download s/exports  # <-
```

## Good
```yaml compose.yaml
services:
  setup:
    image: minio/mc:RELEASE.2024-05-09T17-04-24Z
    entrypoint: ["/bin/sh", "-c", "mc mb s/exports && mc anonymous set none s/exports"]
```

## Fix
```text
mc anonymous set none s/exports
```

## References
- MinIO documentation (2024), mc anonymous set: https://min.io/docs/minio/linux/reference/minio-mc/mc-anonymous-set.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.minio import MinioSetup

_RIGHTS = {"public": "read and change every object of", "download": "read every object of", "upload": "put files into"}


@check("minio-bucket-open", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=284)
def minio_bucket_open(setup: MinioSetup) -> Iterator[Diagnostic]:
    for bucket in setup.open_buckets:
        yield fail(
            f"The script lets everybody {_RIGHTS[bucket.rights]} a bucket without a log-in ({bucket.rights})",
            at=bucket.at,
            key=bucket.rights,
            expected="mc anonymous set none",
        )
