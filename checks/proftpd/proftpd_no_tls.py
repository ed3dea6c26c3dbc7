"""ProFTPD takes passwords and files without TLS.

## Why it matters
User name, password and every file cross the network in clear text. Whoever listens on the way has them all, and with
the password the account.

## Bad: the default
```text proftpd.conf
ServerType standalone
DefaultRoot ~
```

## Bad
```text proftpd.conf
ServerType standalone
LoadModule mod_tls.c
TLSEngine off  # <-
```

## Bad: a virtual host is left out
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
<VirtualHost 10.20.0.5>  # <-
  ServerName exchange
</VirtualHost>
```

## Good
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
TLSRSACertificateFile /etc/ssl/certs/ftp.pem
```

## Good: for all hosts
```text proftpd.conf
LoadModule mod_tls.c
<Global>
  TLSEngine on
  TLSRequired on
</Global>
<VirtualHost 10.20.0.5>
  ServerName exchange
</VirtualHost>
```

## Fix
Use SFTP instead, or require TLS:
```text
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
TLSRSACertificateFile /etc/ssl/certs/ftp.pem
TLSRSACertificateKeyFile /etc/ssl/private/ftp.key
```

## References
- ProFTPD, mod_tls (TLSEngine, TLSRequired): http://www.proftpd.org/docs/contrib/mod_tls.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, also=(Control.AUTHENTICATION,), cwe=319)
def proftpd_no_tls(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        if not known(host.has_tls) and not known(host.flag("SFTPEngine", default=False)):
            yield fail(
                f"Users log in and transfer files in clear text at {host.who}; {proftpd.exposure.reason}",
                at=host.where("TLSEngine", host.at),
                severity=proftpd.exposure.scale(HIGH),
                key=host.label,
                expected="TLSEngine on, TLSRequired on",
            )

    yield from each_decided(proftpd.hosts, judge)
