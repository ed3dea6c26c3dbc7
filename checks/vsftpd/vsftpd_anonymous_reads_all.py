"""vsftpd lets anonymous users read files that are not meant for everybody.

## Why it matters
By default anonymous users get files only that every user of the host may read. Without that, the files that others
have just uploaded are served to the next visitor.

## Bad
```text vsftpd.conf
anonymous_enable=YES
anon_world_readable_only=NO  # <-
```

## Good
```text vsftpd.conf
anonymous_enable=YES
anon_world_readable_only=YES
```

## Good: anonymous users do not get in
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
anon_world_readable_only=NO
```

## Fix
```text
anon_world_readable_only=YES
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-anonymous-reads-all", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def vsftpd_anonymous_reads_all(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    if known(vsftpd.lets_anonymous_in) and not known(vsftpd.flag("anon_world_readable_only")):
        yield fail(
            f"Anonymous users read files that others on the host may not; {vsftpd.exposure.reason}",
            at=vsftpd.where("anon_world_readable_only"),
            severity=vsftpd.exposure.scale(MEDIUM),
            expected="anon_world_readable_only=YES",
        )
