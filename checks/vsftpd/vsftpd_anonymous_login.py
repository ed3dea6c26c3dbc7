"""vsftpd lets anybody in as anonymous.

## Why it matters
Whoever reaches the port logs in without a password of his own and reads what lies there. Health records were
published in this way more than once. The program lets anonymous users in unless it is told not to, although its
manual page says otherwise.

## Bad
```text vsftpd.conf
listen=YES
anonymous_enable=YES  # <-
```

## Bad: the default of the program
```text vsftpd.conf
listen=YES
local_enable=YES
```

## Bad: the last line counts
```text vsftpd.conf
anonymous_enable=NO
listen=YES
anonymous_enable=YES  # <-
```

## Good
```text vsftpd.conf
listen=YES
anonymous_enable=NO
local_enable=YES
```

## Good: a list of addresses that take the place of passwords
```text vsftpd.conf
anonymous_enable=YES
secure_email_list_enable=YES
```

## Fix
```text
anonymous_enable=NO
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-anonymous-login", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def vsftpd_anonymous_login(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    if known(vsftpd.lets_anonymous_in):
        yield fail(
            f"Anybody logs in as anonymous; {vsftpd.exposure.reason}",
            at=vsftpd.where("anonymous_enable"),
            severity=vsftpd.exposure.scale(CRITICAL),
            expected="anonymous_enable=NO",
        )
