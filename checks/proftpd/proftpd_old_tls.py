"""ProFTPD allows versions of SSL or TLS that are broken.

## Why it matters
SSL 3, TLS 1.0 and TLS 1.1 are no longer considered safe. A client that offers nothing better should not get a
connection.

## Bad
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
TLSProtocol SSLv3 TLSv1 TLSv1.2  # <-
```

## Good
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
TLSProtocol TLSv1.2 TLSv1.3
```

## Good: TLS is off
```text proftpd.conf
LoadModule mod_tls.c
TLSEngine off
TLSProtocol SSLv3
```

## Fix
```text
TLSProtocol TLSv1.2 TLSv1.3
```

## References
- ProFTPD, mod_tls (TLSEngine, TLSRequired): http://www.proftpd.org/docs/contrib/mod_tls.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd

_OLD = frozenset({"sslv3", "tlsv1", "tlsv1.0", "tlsv1.1", "sslv23"})


@check("proftpd-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def proftpd_old_tls(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        if known(host.has_tls):
            old = [word for word in known(host.text("TLSProtocol", "")).split() if word.lower() in _OLD]
            if old:
                yield fail(
                    f"The configuration allows {', '.join(old)} at {host.who}; {proftpd.exposure.reason}",
                    at=host.where("TLSProtocol", host.at),
                    severity=proftpd.exposure.scale(MEDIUM),
                    key=host.label,
                    expected="TLSProtocol TLSv1.2 TLSv1.3",
                )

    yield from each_decided(proftpd.hosts, judge)
