"""A share is mounted with SMB 1.

## Why it matters
SMB 1 has no encryption, and signatures that a man in the middle switches off. It is what WannaCry spread by through
hospitals.

## Bad
```text etc/fstab
//nas.clinic.example/scans /srv/scans cifs credentials=/etc/cifs.scans,vers=1.0 0 0 # <-
```

## Good
```text etc/fstab
//nas.clinic.example/scans /srv/scans cifs credentials=/etc/cifs.scans,vers=3.1.1,seal 0 0
```

## Good: the last one counts
```text etc/fstab
//nas.clinic.example/scans /srv/scans cifs credentials=/etc/cifs.scans,vers=1.0,vers=3.1.1,seal 0 0
```

## Fix
```text
//nas.clinic.example/scans /srv/scans cifs credentials=/etc/cifs.scans,vers=3.1.1,seal 0 0
```

## References
- mount.cifs(8) of cifs-utils 7.0, "vers=" (2.1 and later are negotiated by default since Linux 4.13.5)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check(
    "mount-cifs-old-dialect", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, also=(Control.INTEGRITY,), cwe=327
)
def mount_cifs_old_dialect(mount: FileSystem) -> Iterator[Diagnostic]:
    version = mount.option("vers", "dialect")
    if mount.is_cifs and version is not None and version.value in {"1.0", "1"}:
        yield fail(f"{mount.target} is mounted with SMB 1", at=version.at, key=mount.target)
