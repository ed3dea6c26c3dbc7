"""rsyslog does not verify the server that it sends messages to.

## Why it matters
With the mode `anon` any server will do: whoever redirects the connection reads the messages, and they never arrive.

## Bad
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="anon" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1") # <-
```

## Bad: the old directives
```text rsyslog.conf
module(load="imuxsock")
$DefaultNetstreamDriver gtls
$ActionSendStreamDriverMode 1
$ActionSendStreamDriverAuthMode anon  # <-
*.*  @@logs.clinic.example:6514
```

## Good
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
```

## Good: the name is checked by default
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
```

## Fix
```text
streamDriverAuthMode="x509/name" streamDriverPermittedPeers="logs.clinic.example"
```

## References
- rsyslog 8 manual, omfwd: https://www.rsyslog.com/doc/configuration/modules/omfwd.html
- rsyslog 8 manual, gtls network stream driver: https://www.rsyslog.com/doc/concepts/ns_gtls.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check("rsyslog-server-not-verified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def rsyslog_server_not_verified(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for forward in rsyslog.forwards:
        if forward.kind == "omfwd" and known(forward.has_tls) and known(forward.verifies_nobody):
            yield fail(
                f"The certificate of {forward.target} is not looked at",
                at=forward.place("streamdriverauthmode"),
                key=forward.target,
                expected="x509/name",
            )
