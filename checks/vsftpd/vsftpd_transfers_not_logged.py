"""vsftpd does not record which files are transferred.

## Why it matters
Without the log nobody can say who took which file, so that after an incident every file counts as taken.

## Bad: the default
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
```

## Bad
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
xferlog_enable=NO  # <-
```

## Good
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
xferlog_enable=YES
```

## Good: the whole conversation
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
log_ftp_protocol=YES
xferlog_std_format=NO
```

## Fix
```text
xferlog_enable=YES
dual_log_enable=YES
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-transfers-not-logged", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def vsftpd_transfers_not_logged(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    conversation = known(vsftpd.flag("log_ftp_protocol")) and not known(vsftpd.flag("xferlog_std_format"))
    if not known(vsftpd.flag("xferlog_enable")) and not conversation:
        yield fail(
            "Which files are transferred is not recorded",
            at=vsftpd.where("xferlog_enable"),
            severity=vsftpd.exposure.scale(MEDIUM),
            expected="xferlog_enable=YES",
        )
