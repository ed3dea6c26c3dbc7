"""A file system forgets what it has confirmed when power fails.

## Why it matters
Barriers make the disk write in the order that the file system's journal relies on. Without them a database that was told
"written" finds its pages half old after a power failure, and records are lost or damaged.

## Bad
```text etc/fstab
/dev/vdb1 /var/lib/postgresql ext4 noatime,nobarrier 0 2 # <-
```

## Bad: by number
```text etc/fstab
/dev/vdb1 /var/lib/postgresql ext4 noatime,barrier=0 0 2 # <-
```

## Good
```text etc/fstab
/dev/vdb1 /var/lib/postgresql ext4 noatime,nosuid,nodev 0 2
```

## Good: switched on again
```text etc/fstab
/dev/vdb1 /var/lib/postgresql ext4 nobarrier,barrier=1 0 2
```

## Fix
Take the option out.

## References
- ext4(5), "barrier=" and "nobarrier"; Linux kernel, "ext4 General Information", "Options"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check("mount-writes-unordered", severity=MEDIUM, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def mount_writes_unordered(mount: FileSystem) -> Iterator[Diagnostic]:
    option = mount.option("nobarrier", "barrier")
    if option is not None and (option.name == "nobarrier" or option.value in {"0", "off", "none"}):
        yield fail(f"What is written to {mount.target} may be lost when power fails", at=option.at, key=mount.target)
