"""vsftpd shows its users the whole file system.

## Why it matters
A user who is there to deliver files reads the folders of all other partners, the list of accounts and every file that
is readable on the host.

## Bad: the default
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES  # <-
```

## Bad
```text vsftpd.conf
local_enable=YES
chroot_local_user=NO  # <-
```

## Good
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
chroot_local_user=YES
```

## Good: PAM's folder of each user
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
chroot_local_user=YES
user_sub_token=$USER
local_root=/srv/ftp/$USER
```

## Good: there are no such users
```text vsftpd.conf
anonymous_enable=YES
local_enable=NO
```

## Fix
```text
chroot_local_user=YES
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-users-not-confined", severity=HIGH, control=Control.AUTHORIZATION, cwe=552)
def vsftpd_users_not_confined(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    if known(vsftpd.flag("local_enable")) and not known(vsftpd.flag("chroot_local_user")):
        listed = known(vsftpd.flag("chroot_list_enable"))
        whom = "Users who are not in chroot_list_file" if listed else "Users"
        name = "chroot_local_user" if vsftpd.settings.is_explicit("chroot_local_user") else "local_enable"
        yield fail(
            f"{whom} reach the whole file system; {vsftpd.exposure.reason}",
            at=vsftpd.where(name),
            severity=vsftpd.exposure.scale(HIGH),
            expected="chroot_local_user=YES",
        )
