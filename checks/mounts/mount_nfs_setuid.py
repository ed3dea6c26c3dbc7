"""A file server of the network can hand out root on this host.

## Why it matters
Files of an NFS server keep their setuid bits and devices. Whoever is root there puts a setuid shell into the share, and every
user here who starts it is root here.

## Bad
```text etc/fstab
nas.clinic.example:/records /srv/records nfs4 sec=krb5p 0 0 # <-
```

## Good
```text etc/fstab
nas.clinic.example:/records /srv/records nfs4 sec=krb5p,nosuid,nodev 0 0
```

## Good: the host's own root comes from there
```text etc/fstab
boot.clinic.example:/hosts/web1 / nfs4 sec=krb5p 0 0
```

## Fix
```text
nas.clinic.example:/records /srv/records nfs4 sec=krb5p,nosuid,nodev 0 0
```

## References
- mount(8) of util-linux 2.38, "nosuid", "nodev"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check("mount-nfs-setuid", severity=MEDIUM, control=Control.PRIVILEGE, cwe=732)
def mount_nfs_setuid(mount: FileSystem) -> Iterator[Diagnostic]:
    if mount.is_nfs and mount.target not in {"/", "/usr"} and "nosuid" in mount.missing("nosuid"):
        yield fail(f"Setuid files of the server's work in {mount.target}", at=mount.at, key=mount.target)
