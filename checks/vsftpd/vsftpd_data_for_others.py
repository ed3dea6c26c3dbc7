"""vsftpd lets a third machine take over a transfer.

## Why it matters
FTP sends files over a connection of its own. vsftpd checks that it comes from or goes to the client; without the
check somebody else picks up the file, or the server scans other hosts for him.

## Bad
```text vsftpd.conf
local_enable=YES
pasv_promiscuous=YES  # <-
```

## Bad: the active mode
```text vsftpd.conf
local_enable=YES
port_promiscuous=YES  # <-
```

## Good
```text vsftpd.conf
local_enable=YES
pasv_promiscuous=NO
```

## Fix
```text
pasv_promiscuous=NO
port_promiscuous=NO
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-data-for-others", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=441)
def vsftpd_data_for_others(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    for name in ("pasv_promiscuous", "port_promiscuous"):
        if known(vsftpd.flag(name)):
            yield fail(
                f"A data connection of another machine than the client's is accepted ({name}); {vsftpd.exposure.reason}",
                at=vsftpd.where(name),
                severity=vsftpd.exposure.scale(MEDIUM),
                key=name,
                expected=f"{name}=NO",
            )
