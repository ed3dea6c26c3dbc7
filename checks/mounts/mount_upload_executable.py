"""Programs may be started from a folder that takes uploads.

## Why it matters
What patients, partners or scanners upload is put there by somebody who is not known. `noexec` keeps the host from starting
it, whatever a hole in the portal or a wrong click asks for.

## Bad
```text etc/fstab
/dev/vdb1 /srv/portal/uploads ext4 defaults,nosuid,nodev 0 2 # <-
```

## Bad: a share for scans
```text etc/fstab
//nas.clinic.example/scans /srv/incoming cifs credentials=/etc/cifs.scans,vers=3.1.1,seal 0 0 # <-
```

## Good
```text etc/fstab
/dev/vdb1 /srv/portal/uploads ext4 noexec,nosuid,nodev 0 2
```

## Good: a folder of another purpose
```text etc/fstab
/dev/vdb1 /srv/portal/releases ext4 nosuid,nodev 0 2
```

## Fix
```text
/dev/vdb1 /srv/portal/uploads ext4 noexec,nosuid,nodev 0 2
```

## References
- mount(8) of util-linux 2.38, "noexec"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, lazy
from auditor.technologies.mounts import FileSystem

_UPLOADS = lazy(r"(?i)(?:.*[/_.-])?(?:uploads?|incoming|inbox|dropbox|dropzone|ftp|sftp|webdav|attachments)")


@check(
    "mount-upload-executable",
    severity=MEDIUM,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.CODE_EXECUTION,),
    cwe=434,
)
def mount_upload_executable(mount: FileSystem) -> Iterator[Diagnostic]:
    if _UPLOADS.fullmatch(mount.target) and mount.option("noexec") is None and mount.missing("noexec"):
        yield fail(f"Programs may be started from {mount.target}, which takes uploads", at=mount.at, key=mount.target)
