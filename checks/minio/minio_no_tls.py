"""MinIO serves clients of other hosts without TLS.

## Why it matters
Objects, and the names and keys of requests, cross the network readable and changeable for anybody on the path. MinIO
serves HTTPS as soon as a certificate stands in its folder.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z  # <-
    command: server /data
    ports: ["9000:9000"]
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data --certs-dir /tls
    ports: ["9000:9000"]
    volumes: ["./tls:/tls:ro"]
```

## Good: in the usual folder
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    ports: ["9000:9000"]
    volumes: ["./public.crt:/root/.minio/certs/public.crt:ro", "./private.key:/root/.minio/certs/private.key:ro"]
```

## Fix
```yaml
volumes:
  - ./tls/public.crt:/root/.minio/certs/public.crt:ro
  - ./tls/private.key:/root/.minio/certs/private.key:ro
```

## References
- MinIO documentation (2024), Network Encryption (TLS): https://min.io/docs/minio/linux/operations/network-encryption.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.minio import Minio


@check("minio-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def minio_no_tls(server: Minio) -> Iterator[Diagnostic]:
    if not server.exposure.is_loopback and not known(server.has_certificates):
        yield fail(
            f"MinIO serves clients without TLS; {server.exposure.in_clear.reason}",
            severity=server.exposure.in_clear.scale(HIGH),
            expected="public.crt and private.key in the folder of certificates",
        )
