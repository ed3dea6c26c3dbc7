"""A share is mounted without a log-in.

## Why it matters
A share that answers a guest answers everybody in the network, and none of the sessions is signed: files can be changed on
their way.

## Bad
```text etc/fstab
//nas.clinic.example/scans /srv/scans cifs guest,vers=3.0,seal 0 0 # <-
```

## Bad: no security
```text etc/fstab
//nas.clinic.example/scans /srv/scans cifs sec=none,vers=3.0,seal 0 0 # <-
```

## Good
```text etc/fstab
//nas.clinic.example/scans /srv/scans cifs credentials=/etc/cifs.scans,vers=3.0,seal 0 0
```

## Fix
```text
//nas.clinic.example/scans /srv/scans cifs credentials=/etc/cifs.scans,vers=3.1.1,seal 0 0
```

## References
- mount.cifs(8) of cifs-utils 7.0, "guest", "sec=", "credentials="
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check("mount-cifs-guest", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=306)
def mount_cifs_guest(mount: FileSystem) -> Iterator[Diagnostic]:
    security = mount.option("sec")
    if mount.is_cifs and (mount.option("guest") is not None or (security is not None and security.value == "none")):
        yield fail(f"The share at {mount.target} is mounted without a log-in", at=mount.at, key=mount.target)
