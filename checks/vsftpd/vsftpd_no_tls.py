"""vsftpd takes passwords and files without TLS.

## Why it matters
User name, password and every file cross the network in clear text. Whoever listens on the way has them all, and with
the password the account.

## Bad
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
ssl_enable=NO  # <-
```

## Bad: the default
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES  # <-
```

## Good
```text vsftpd.conf
anonymous_enable=NO
local_enable=YES
ssl_enable=YES
```

## Good: nobody logs in with a password
```text vsftpd.conf
anonymous_enable=YES
local_enable=NO
```

## Fix
Use SFTP instead, or require TLS:
```text
ssl_enable=YES
force_local_logins_ssl=YES
force_local_data_ssl=YES
rsa_cert_file=/etc/ssl/certs/ftp.pem
rsa_private_key_file=/etc/ssl/private/ftp.key
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd


@check("vsftpd-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, also=(Control.AUTHENTICATION,), cwe=319)
def vsftpd_no_tls(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    if known(vsftpd.flag("local_enable")) and not known(vsftpd.flag("ssl_enable")):
        name = "ssl_enable" if vsftpd.settings.is_explicit("ssl_enable") else "local_enable"
        yield fail(
            f"Users log in and transfer files in clear text; {vsftpd.exposure.reason}",
            at=vsftpd.where(name),
            severity=vsftpd.exposure.scale(HIGH),
            expected="ssl_enable=YES",
        )
