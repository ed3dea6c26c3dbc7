"""Files in a folder that everybody writes to may grant root's rights.

## Why it matters
A setuid file or a device that somebody gets into /tmp, by unpacking an archive as root or from another host's disk, makes
everyone who opens it root. `nosuid` and `nodev` take that power from all files there.

## Bad
```text etc/fstab
tmpfs /tmp tmpfs noexec 0 0 # <-
```

## Bad: a partition of a new host
```text server.ks
part /tmp --fstype=xfs --size=4096 --fsoptions="nodev,noexec" # <-
%packages
@core
%end
```

## Good
```text etc/fstab
tmpfs /tmp tmpfs noexec,nosuid,nodev 0 0
```

## Good: on a new host
```text server.ks
part /tmp --fstype=xfs --size=4096 --fsoptions="nodev,nosuid,noexec"
%packages
@core
%end
```

## Fix
```text
tmpfs /tmp tmpfs nosuid,nodev,noexec,mode=1777 0 0
```

## References
- mount(8) of util-linux 2.38, "nosuid", "nodev"
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check("mount-tmp-setuid", severity=MEDIUM, control=Control.PRIVILEGE, cwe=732)
def mount_tmp_setuid(mount: FileSystem) -> Iterator[Diagnostic]:
    if not mount.is_temporary:
        return
    missing = mount.missing("nosuid", "nodev")
    if missing:
        what = " and ".join("setuid files" if flag == "nosuid" else "devices" for flag in missing)
        yield fail(
            f"{mount.target} lets {what} work, where everybody may put files",
            at=mount.at,
            severity=MEDIUM if "nosuid" in missing else LOW,
            key=mount.target,
        )
