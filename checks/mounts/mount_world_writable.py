"""Every user of the host may change the files of a mount.

## Why it matters
File systems without Unix rights of their own take them from the mount's options. With a mask of 000 or a mode of 777 every
process of the host reads and changes what is there, the records of a share as well as a web server's programs.

## Bad
```text etc/fstab
//nas.clinic.example/records /srv/records cifs credentials=/etc/cifs.records,seal,file_mode=0777,dir_mode=0777 0 0 # <-
```

## Bad: a mask
```text etc/fstab
/dev/vdb1 /srv/import vfat umask=000 0 0 # <-
```

## Bad: anybody deletes anybody's files
```text etc/fstab
tmpfs /tmp tmpfs nosuid,nodev,noexec,mode=0777 0 0 # <-
```

## Good
```text etc/fstab
//nas.clinic.example/records /srv/records cifs credentials=/etc/cifs.records,seal,file_mode=0660,dir_mode=0770 0 0
tmpfs /tmp tmpfs nosuid,nodev,noexec,mode=1777 0 0
```

## Good: a mask that closes
```text etc/fstab
/dev/vdb1 /srv/import vfat umask=000,umask=0077 0 0
```

## Fix
```text
/dev/vdb1 /srv/import vfat uid=import,gid=import,umask=0027 0 0
```

## References
- mount(8) of util-linux 2.38, "FILESYSTEM-SPECIFIC MOUNT OPTIONS" (fat, ntfs, tmpfs); mount.cifs(8) of cifs-utils 7.0
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import FileSystem

_MASKS = ("umask", "fmask", "dmask")
_MODES = ("file_mode", "dir_mode", "mode")
_WRITE = 0o002
_STICKY = 0o1000


@check("mount-world-writable", severity=MEDIUM, control=Control.AUTHORIZATION, also=(Control.INTEGRITY,), cwe=732)
def mount_world_writable(mount: FileSystem) -> Iterator[Diagnostic]:
    for name in (*_MASKS, *_MODES):
        option = mount.option(name)
        if option is None or not re.fullmatch(r"[0-7]{1,5}", option.value or ""):
            continue
        number = int(option.value or "0", 8)
        rights = ~number if name in _MASKS else number
        if rights & _WRITE and not (name == "mode" and number & _STICKY):
            yield fail(
                f"Every user of the host may change what is in {mount.target}",
                at=option.at,
                key=f"{mount.target} {name}",
            )
            return
