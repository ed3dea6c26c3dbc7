"""MinIO asks its directory for log-ins without TLS or without looking at the certificate.

## Why it matters
Every log-in of a person goes to the LDAP server. In clear text, or to whoever shows any certificate, the passwords can
be read on the way.

## Bad
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_IDENTITY_LDAP_SERVER_ADDR: ldap.clinic.example:636
      MINIO_IDENTITY_LDAP_TLS_SKIP_VERIFY: "on"  # <-
```

## Good
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_IDENTITY_LDAP_SERVER_ADDR: ldap.clinic.example:636
      MINIO_IDENTITY_LDAP_TLS_SKIP_VERIFY: "off"
```

## Good: clear text that STARTTLS turns into TLS
```yaml compose.yaml
services:
  objects:
    image: minio/minio:RELEASE.2024-05-10T01-41-38Z
    command: server /data
    environment:
      MINIO_IDENTITY_LDAP_SERVER_ADDR: ldap.clinic.example:389
      MINIO_IDENTITY_LDAP_SERVER_STARTTLS: "on"
```

## Fix
```yaml
environment:
  MINIO_IDENTITY_LDAP_TLS_SKIP_VERIFY: "off"
```

## References
- MinIO documentation (2024), Active Directory / LDAP Settings: https://min.io/docs/minio/linux/reference/minio-server/settings/iam/ldap.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.minio import Minio

_BAD = {
    "MINIO_IDENTITY_LDAP_TLS_SKIP_VERIFY": "whatever certificate it shows",
    "MINIO_IDENTITY_LDAP_SERVER_INSECURE": "in clear text",
}


@check(
    "minio-directory-unverified",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=295,
)
def minio_directory_unverified(server: Minio) -> Iterator[Diagnostic]:
    for name, how in _BAD.items():
        setting = server.settings.get(name)
        if setting is not None and setting.value in {"on", "true", "1"}:
            yield fail(f"Log-ins go to the directory {how}", at=setting.at, key=name, expected=f"{name}=off")
