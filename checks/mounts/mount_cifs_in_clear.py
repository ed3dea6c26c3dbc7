"""A share is mounted without asking for encryption.

## Why it matters
SMB encrypts what the client asks to be encrypted, or the server insists on. Without `seal` records go over the network
readable unless somebody has set the server up to refuse that.

## Bad
```text etc/fstab
//nas.clinic.example/records /srv/records cifs credentials=/etc/cifs.records,vers=3.1.1 0 0 # <-
```

## Good
```text etc/fstab
//nas.clinic.example/records /srv/records cifs credentials=/etc/cifs.records,vers=3.1.1,seal 0 0
```

## Good: Kerberos and encryption
```text etc/fstab
//nas.clinic.example/records /srv/records cifs sec=krb5,multiuser,seal 0 0
```

## Fix
```text
//nas.clinic.example/records /srv/records cifs credentials=/etc/cifs.records,vers=3.1.1,seal 0 0
```

## References
- mount.cifs(8) of cifs-utils 7.0, "seal" (SMB 3 and later)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import FileSystem


@check("mount-cifs-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def mount_cifs_in_clear(mount: FileSystem) -> Iterator[Diagnostic]:
    if mount.is_cifs and mount.option("seal") is None:
        known(mount.is_open)
        yield fail(
            f"Nothing asks for encryption of what is in {mount.target}",
            at=mount.at,
            confidence=Confidence.MEDIUM,  # the server may insist on it
            key=mount.target,
        )
