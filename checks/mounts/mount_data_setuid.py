"""A file system with people's or servers' data lets setuid files work.

## Why it matters
Nothing below /home or /var needs a setuid file or a device. One that gets there, out of a backup or from a container's
volume, makes whoever opens it root.

## Bad
```text etc/fstab
/dev/vdb1 /home ext4 defaults 0 2 # <-
```

## Bad: devices
```text etc/fstab
/dev/vdb1 /var/log ext4 nosuid,noexec 0 2 # <-
```

## Good
```text etc/fstab
/dev/vdb1 /home ext4 defaults,nosuid,nodev 0 2
```

## Good: programs of the system live elsewhere
```text etc/fstab
/dev/vdb1 / ext4 defaults 0 1
/dev/vdb2 /usr ext4 defaults 0 2
```

## Fix
```text
/dev/vdb1 /home ext4 nosuid,nodev 0 2
```

## References
- mount(8) of util-linux 2.38, "nosuid", "nodev"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem

_DATA = frozenset({"/home", "/srv", "/var", "/var/log", "/var/log/audit", "/var/www", "/var/spool"})


@check("mount-data-setuid", severity=LOW, control=Control.PRIVILEGE, cwe=732)
def mount_data_setuid(mount: FileSystem) -> Iterator[Diagnostic]:
    if mount.target not in _DATA or mount.is_nfs or mount.is_cifs:
        return
    missing = mount.missing("nosuid", "nodev")
    if missing:
        what = " and ".join("setuid files" if flag == "nosuid" else "devices" for flag in missing)
        yield fail(f"{mount.target} lets {what} work", at=mount.at, key=mount.target)
