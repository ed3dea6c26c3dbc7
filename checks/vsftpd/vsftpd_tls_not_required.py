"""vsftpd offers TLS and does without it where the client does.

## Why it matters
TLS that is only offered protects nobody: an old client, or somebody on the way who cuts the offer out, gets a log-in
or a transfer in clear text without any warning.

## Bad: log-ins
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
ssl_enable=YES
force_local_logins_ssl=NO  # <-
```

## Bad: files
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
ssl_enable=YES
force_local_data_ssl=NO  # <-
```

## Good: the default
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
ssl_enable=YES
```

## Good: TLS from the first byte
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
ssl_enable=YES
implicit_ssl=YES
force_local_logins_ssl=NO
```

## Fix
```text
force_local_logins_ssl=YES
force_local_data_ssl=YES
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-tls-not-required", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def vsftpd_tls_not_required(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    if not known(vsftpd.flag("ssl_enable")):
        return
    what = {
        "force_local_logins_ssl": (vsftpd.takes_passwords_in_clear, "A password is taken in clear text"),
        "force_local_data_ssl": (vsftpd.takes_data_in_clear, "Files are transferred in clear text"),
    }
    for name, (is_open, words) in what.items():
        if known(is_open):
            yield fail(
                f"{words} from a client that does not ask for TLS; {vsftpd.exposure.reason}",
                at=vsftpd.where(name),
                severity=vsftpd.exposure.scale(HIGH),
                key=name,
                expected=f"{name}=YES",
            )
