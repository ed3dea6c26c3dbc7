"""rsyslog takes messages over TLS without asking who sends them.

## Why it matters
TLS keeps others from reading along. With the mode `anon` everybody may still send whatever he likes.

## Bad
```text rsyslog.conf
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
module(load="imtcp" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imtcp" port="6514") # <-
*.* /var/log/all
```

## Good
```text rsyslog.conf
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
module(load="imtcp" streamDriver.mode="1" streamDriver.authMode="x509/name" permittedPeer="*.clinic.example")
input(type="imtcp" port="6514")
*.* /var/log/all
```

## Good: the input has its own mode
```text rsyslog.conf
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
module(load="imtcp" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imtcp" port="6514" streamDriver.authMode="x509/name" permittedPeer=["a.clinic.example"])
*.* /var/log/all
```

## Fix
```text
streamDriver.authMode="x509/name" permittedPeer="*.clinic.example"
```

## References
- rsyslog 8 manual, imtcp: https://www.rsyslog.com/doc/configuration/modules/imtcp.html
- rsyslog 8 manual, gtls network stream driver: https://www.rsyslog.com/doc/concepts/ns_gtls.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check("rsyslog-clients-not-verified", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def rsyslog_clients_not_verified(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for listener in rsyslog.listeners:
        has_tls = listener.kind == "imtcp" and known(listener.has_tls)
        if has_tls and not known(listener.is_local) and known(listener.verifies_nobody):
            yield fail(
                f"Whoever reaches port {known(listener.port)} may send messages; {rsyslog.exposure.reason}",
                at=listener.at,
                severity=rsyslog.exposure.scale(MEDIUM),
                key=str(known(listener.port)),
                expected="x509/name",
            )
