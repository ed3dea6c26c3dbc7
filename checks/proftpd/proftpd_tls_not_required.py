"""ProFTPD offers TLS and does without it where the client does.

## Why it matters
TLS that is only offered protects nobody: an old client, or somebody on the way who cuts the offer out, gets a log-in
or a transfer in clear text without any warning. TLSRequired is off until it is set.

## Bad: the default
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on  # <-
```

## Bad: files in clear
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired ctrl  # <-
```

## Bad: the first line counts
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired off  # <-
TLSRequired on
```

## Good
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
```

## Good: both parts by name
```text proftpd.conf
LoadModule mod_tls.c
<IfModule mod_tls.c>
  TLSEngine on
  TLSRequired auth+data
</IfModule>
```

## Fix
```text
TLSRequired on
```

## References
- ProFTPD, mod_tls (TLSEngine, TLSRequired): http://www.proftpd.org/docs/contrib/mod_tls.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-tls-not-required", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def proftpd_tls_not_required(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        if not known(host.has_tls):
            return
        login, data = known(host.requires_tls("control")), known(host.requires_tls("data"))
        if not login or not data:
            what = "Passwords are" if not login else "Files are"
            yield fail(
                f"{what} taken in clear text from a client that does not ask for TLS, at {host.who}; "
                f"{proftpd.exposure.reason}",
                at=host.where("TLSRequired", host.where("TLSEngine", host.at)),
                severity=proftpd.exposure.scale(HIGH),
                key=host.label,
                expected="TLSRequired on",
            )

    yield from each_decided(proftpd.hosts, judge)
