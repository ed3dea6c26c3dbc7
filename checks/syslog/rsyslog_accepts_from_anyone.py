"""rsyslog takes messages from anybody who reaches it.

## Why it matters
Whoever reaches the port writes what he likes into the logs, under the name of any host, or fills the disk. What honest hosts
send is read on the way.

## Bad
```text rsyslog.conf
module(load="imudp")
input(type="imudp" port="514") # <-
*.* /var/log/all
```

## Bad: TCP, in the old style
```text rsyslog.conf
$ModLoad imtcp
$InputTCPServerRun 514 # <-
*.* /var/log/all
```

## Bad: the driver is not switched on
```text rsyslog.conf
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
module(load="imtcp" streamDriver.mode="0")
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

## Good: from the host itself
```text rsyslog.conf
module(load="imudp")
input(type="imudp" port="514" address="127.0.0.1")
*.* /var/log/all
```

## Good: commented out
```text rsyslog.conf
module(load="imuxsock")
#module(load="imudp")
#input(type="imudp" port="514")
*.* /var/log/all
```

## Fix
```text
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
module(load="imtcp" streamDriver.mode="1" streamDriver.authMode="x509/name" permittedPeer="*.clinic.example")
input(type="imtcp" port="6514")
```

## References
- rsyslog 8 manual, imtcp: https://www.rsyslog.com/doc/configuration/modules/imtcp.html
- rsyslog 8 manual, gtls network stream driver: https://www.rsyslog.com/doc/concepts/ns_gtls.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check(
    "rsyslog-accepts-from-anyone",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def rsyslog_accepts_from_anyone(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for listener in rsyslog.listeners:
        if listener.works and not known(listener.is_local) and not known(listener.has_tls):
            limits = ", within the addresses of $AllowedSender, which can be forged" if listener.limited else ""
            yield fail(
                f"{listener.kind} takes messages without TLS on port {known(listener.port)}{limits}; "
                f"{rsyslog.exposure.reason}",
                at=listener.at,
                severity=rsyslog.exposure.scale(MEDIUM if listener.limited else HIGH),
                key=f"{listener.kind} {known(listener.port)}",
            )
