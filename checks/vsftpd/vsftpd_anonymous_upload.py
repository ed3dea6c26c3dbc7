"""vsftpd lets anonymous users upload or change files.

## Why it matters
A folder that anybody may write to is used within days to hand around malware and stolen data, and what is put there
is opened by staff who take it for a partner's delivery.

## Bad
```text vsftpd.conf
anonymous_enable=YES
write_enable=YES
anon_upload_enable=YES  # <-
```

## Bad: delete and rename
```text vsftpd.conf
anonymous_enable=YES
write_enable=YES
anon_other_write_enable=YES  # <-
```

## Good: writing is off
```text vsftpd.conf
anonymous_enable=YES
write_enable=NO
anon_upload_enable=YES
```

## Good: anonymous users do not get in
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
write_enable=YES
anon_upload_enable=YES
```

## Good: the commands are denied
```text vsftpd.conf
anonymous_enable=YES
write_enable=YES
anon_upload_enable=YES
cmds_denied=STOR,STOU
```

## Fix
```text
anonymous_enable=NO
anon_upload_enable=NO
anon_mkdir_write_enable=NO
anon_other_write_enable=NO
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd

_WORDS = {
    "anon_upload_enable": "upload files",
    "anon_mkdir_write_enable": "make folders",
    "anon_other_write_enable": "delete and rename files",
}


@check(
    "vsftpd-anonymous-upload",
    severity=CRITICAL,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.AUTHORIZATION,),
    cwe=434,
)
def vsftpd_anonymous_upload(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    for name in known(vsftpd.anonymous_may_change):
        yield fail(
            f"Anonymous users may {_WORDS[name]}; {vsftpd.exposure.reason}",
            at=vsftpd.where(name),
            severity=vsftpd.exposure.scale(CRITICAL),
            key=name,
            expected=f"{name}=NO",
        )
