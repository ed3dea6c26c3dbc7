"""Files go over the network in clear text by NFS.

## Why it matters
With `sec=sys` the server believes each client's word on who its user is, and everything is readable on the way. Kerberos
with privacy (`krb5p`), or TLS below NFS, is what keeps records private; `krb5` and `krb5i` prove who asks, and hide nothing.

## Bad
```text etc/fstab
nas.clinic.example:/records /srv/records nfs4 rw,hard,nosuid,nodev 0 0 # <-
```

## Bad: signed, but readable
```text etc/fstab
nas.clinic.example:/records /srv/records nfs4 sec=krb5i,nosuid,nodev 0 0 # <-
```

## Good
```text etc/fstab
nas.clinic.example:/records /srv/records nfs4 sec=krb5p,nosuid,nodev 0 0
```

## Good: TLS below it
```text etc/fstab
nas.clinic.example:/records /srv/records nfs4 xprtsec=mtls,nosuid,nodev 0 0
```

## Good: through a tunnel of this host
```text etc/fstab
localhost:/records /srv/records nfs4 port=20490,nosuid,nodev 0 0
```

## Fix
```text
nas.clinic.example:/records /srv/records nfs4 sec=krb5p,nosuid,nodev 0 0
```

## References
- nfs(5) of nfs-utils 2.6, "sec=", "SECURITY CONSIDERATIONS"; `xprtsec=` since nfs-utils 2.6.4 and Linux 6.5
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import FileSystem


@check(
    "mount-nfs-in-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def mount_nfs_in_clear(mount: FileSystem) -> Iterator[Diagnostic]:
    if not mount.is_nfs:
        return
    security, transport = mount.option("sec"), mount.option("xprtsec")
    if transport is not None and transport.value in {"tls", "mtls"}:
        return
    if security is not None and set((security.value or "").split(":")) == {"krb5p"}:
        return
    known(mount.is_open)
    yield fail(
        f"What is in {mount.target} goes over the network in clear text", at=mount.where("sec"), key=mount.target
    )
