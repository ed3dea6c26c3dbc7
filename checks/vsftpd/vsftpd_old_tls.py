"""vsftpd allows versions of SSL that are broken.

## Why it matters
SSL 2 and SSL 3 are read by somebody on the way with published tools. A client that offers nothing better should not
get a connection.

## Bad
```text vsftpd.conf
local_enable=YES
ssl_enable=YES
ssl_sslv3=YES  # <-
```

## Good
```text vsftpd.conf
local_enable=YES
ssl_enable=YES
ssl_sslv2=NO
ssl_sslv3=NO
```

## Good: TLS is off altogether
```text vsftpd.conf
anonymous_enable=YES
ssl_sslv3=YES
```

## Fix
```text
ssl_sslv2=NO
ssl_sslv3=NO
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def vsftpd_old_tls(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    if not known(vsftpd.flag("ssl_enable")):
        return
    for name, label in (("ssl_sslv2", "SSL 2"), ("ssl_sslv3", "SSL 3")):
        if known(vsftpd.flag(name)):
            yield fail(
                f"The configuration allows {label}; {vsftpd.exposure.reason}",
                at=vsftpd.where(name),
                severity=vsftpd.exposure.scale(MEDIUM),
                key=name,
                expected=f"{name}=NO",
            )
