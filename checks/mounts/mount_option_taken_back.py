"""A restriction of a mount is taken back by a later option.

## Why it matters
Of two options that contradict each other the last one counts. The line reads as if it were hardened, and is not.

## Bad
```text etc/fstab
/dev/vdb1 /srv/files ext4 noexec,nosuid,nodev,exec 0 2 # <-
```

## Bad: two of them
```text etc/fstab
/dev/vdb1 /tmp ext4 nosuid,noexec,rw,suid,exec 0 2 # <-
```

## Good: the restriction comes last
```text etc/fstab
/dev/vdb1 /srv/files ext4 exec,noexec,nosuid,nodev 0 2
```

## Good: `user` sets it again
```text etc/fstab
/dev/vdb1 /media/stick vfat noexec,exec,user 0 0
```

## Good: `defaults` takes nothing back
```text etc/fstab
/dev/vdb1 /srv/files ext4 noexec,nosuid,nodev,defaults 0 2
```

## Fix
Write each option once.

## References
- mount(8) of util-linux 2.38, "FILESYSTEM-INDEPENDENT MOUNT OPTIONS"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check("mount-option-taken-back", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def mount_option_taken_back(mount: FileSystem) -> Iterator[Diagnostic]:
    for option, flag in mount.lifted:
        yield fail(
            f"{option.name} takes back the {flag} that stands before it for {mount.target}",
            at=option.at,
            key=f"{mount.target} {flag}",
        )
