"""rsyslog sends messages over the network without TLS.

## Why it matters
Logs hold names of people, hosts and records. Whoever listens on the way reads them, and can put others in their place.
Over UDP they also get lost unnoticed.

## Bad
```text rsyslog.conf
module(load="imuxsock")
*.*  @logs.clinic.example  # <-
```

## Bad: TCP
```text rsyslog.conf
module(load="imuxsock")
*.*  @@logs.clinic.example:514  # <-
```

## Bad: a driver for TLS that is not switched on
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" protocol="tcp") # <-
```

## Bad: TLS is for TCP only
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" streamDriverMode="1") # <-
```

## Good
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
```

## Good: the old directives
```text rsyslog.conf
module(load="imuxsock")
$DefaultNetstreamDriver gtls
$ActionSendStreamDriverMode 1
$ActionSendStreamDriverAuthMode x509/name
*.*  @@logs.clinic.example:6514
```

## Good: to a program on the host
```text rsyslog.conf
module(load="imuxsock")
*.*  @127.0.0.1:5514
```

## Fix
```text
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
```

## References
- rsyslog 8 manual, omfwd: https://www.rsyslog.com/doc/configuration/modules/omfwd.html
- rsyslog 8 manual, gtls network stream driver: https://www.rsyslog.com/doc/concepts/ns_gtls.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check("rsyslog-forwards-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def rsyslog_forwards_in_clear(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for forward in rsyslog.forwards:
        if not known(forward.has_tls):
            way = "UDP" if known(forward.is_udp) else "TCP"
            yield fail(
                f"Messages go to {forward.target} over {way} without TLS",
                at=forward.place("streamdrivermode", "tls"),
                key=forward.target,
            )
