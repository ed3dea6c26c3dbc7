"""Programs may be started from a folder that everybody writes to.

## Why it matters
What a hole in a server lets an attacker put down lands in /tmp, /var/tmp or /dev/shm first. With `noexec` it is not started
from there. A script that an interpreter is told to read still runs, so that this is one line of defence of several.

## Bad
```text etc/fstab
UUID=2f1c / ext4 errors=remount-ro 0 1
tmpfs /tmp tmpfs nosuid,nodev,mode=1777 0 0 # <-
```

## Bad: the packaged unit's options
```text etc/systemd/system/tmp.mount
[Mount]
What=tmpfs
Where=/tmp
Type=tmpfs
Options=mode=1777,strictatime,nosuid,nodev # <-
```

## Bad: cloud-init's own options
```yaml user-data
#cloud-config
mounts:
  - [/dev/vdb, /var/tmp] # <-
```

## Bad: a unit goes before fstab
```text etc/fstab
tmpfs /tmp tmpfs noexec,nosuid,nodev 0 0
```
```text etc/systemd/system/tmp.mount
[Mount]
What=tmpfs
Where=/tmp
Options=nosuid,nodev # <-
```

## Good
```text etc/fstab
tmpfs /tmp tmpfs nosuid,nodev,noexec,mode=1777 0 0
```

## Good: `user` brings it along
```text etc/fstab
/dev/vdb1 /var/tmp ext4 defaults,user 0 2
```

## Good: a bind mount shows it
```text etc/fstab
tmpfs /tmp tmpfs nosuid,nodev,noexec 0 0
/tmp /var/tmp none bind 0 0
```

## Good: a drop-in adds it to the packaged unit
```text etc/systemd/system/tmp.mount.d/options.conf
[Mount]
Options=mode=1777,strictatime,nosuid,nodev,noexec
```

## Fix
```text
tmpfs /tmp tmpfs nosuid,nodev,noexec,mode=1777 0 0
```
For packages that run scripts from /tmp while they are installed, point `TMPDIR` or APT's `APT::ExtractTemplates::TempDir`
elsewhere.

## References
- mount(8) of util-linux 2.38, "noexec"; systemd.mount(5) of 252
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem


@check(
    "mount-tmp-executable",
    severity=MEDIUM,
    control=Control.CODE_EXECUTION,
    also=(Control.MALICIOUS_UPLOAD,),
    cwe=379,
)
def mount_tmp_executable(mount: FileSystem) -> Iterator[Diagnostic]:
    if mount.is_temporary and mount.option("noexec") is None and mount.missing("noexec"):
        yield fail(
            f"Programs may be started from {mount.target}, where everybody may put them", at=mount.at, key=mount.target
        )
