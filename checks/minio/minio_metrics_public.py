"""MinIO shows its metrics to everybody.

## Why it matters
The metrics name buckets and count objects and requests; by default they need a token. `public` takes that away.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_PROMETHEUS_AUTH_TYPE: public  # <-
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_PROMETHEUS_AUTH_TYPE: jwt
```

## Good: the default
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
```

## Fix
```yaml
environment:
  MINIO_PROMETHEUS_AUTH_TYPE: jwt
```

## References
- MinIO documentation (2024), Metrics and Logging Settings: https://min.io/docs/minio/linux/reference/minio-server/settings/metrics-and-logging.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-metrics-public", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=306)
def minio_metrics_public(server: Minio) -> Iterator[Diagnostic]:
    if known(server.text("MINIO_PROMETHEUS_AUTH_TYPE")) == "public":
        yield fail(
            "MinIO shows its metrics without a token",
            at=server.where("MINIO_PROMETHEUS_AUTH_TYPE"),
            expected="MINIO_PROMETHEUS_AUTH_TYPE=jwt",
        )
