"""The system log does not leave the host.

## Why it matters
Whoever takes the host over removes the traces with it. What was sent away before stays.

## Bad
```text rsyslog.conf
module(load="imuxsock")
auth,authpriv.*  /var/log/auth.log
*.*;auth,authpriv.none  -/var/log/syslog
```

## Bad: to itself
```text rsyslog.conf
module(load="imuxsock")
module(load="imtcp")
input(type="imtcp" address="127.0.0.1" port="514" ruleset="own")
ruleset(name="own") {
  action(type="omfile" file="/var/log/own.log")
}
*.*  /var/log/syslog
*.*  @@127.0.0.1:514
```

## Bad: behind a line that ends it all
```text rsyslog.conf
module(load="imuxsock")
*.*  /var/log/syslog
*.*  stop
*.*  @@logs.clinic.example
```

## Bad: a mode that the driver does not have
```text rsyslog.conf
module(load="imuxsock")
*.* action(type="omfwd" target="logs.clinic.example" protocol="tcp" streamDriverMode="1")
```

## Bad: rules that nothing calls
```text rsyslog.conf
module(load="imuxsock")
*.*  /var/log/syslog
ruleset(name="away") {
  action(type="omfwd" target="logs.clinic.example" protocol="tcp")
}
```

## Good
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
```

## Good: rules that are called
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
ruleset(name="away") {
  action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
}
call away
```

## Good: from a file of its folder
```text etc/rsyslog.conf
module(load="imuxsock")
$IncludeConfig /etc/rsyslog.d/*.conf
*.*  /var/log/syslog
```
```text etc/rsyslog.d/50-away.conf
*.*  @@logs.clinic.example:514
```

## Good: the server that other hosts send to
```text rsyslog.conf
module(load="imuxsock")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/name" permittedPeer=["*.clinic.example"])
input(type="imtcp" port="6514")
*.*  /var/log/hosts.log
```

## Fix
Send everything to a log server:
```text
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" queue.filename="logs" action.resumeRetryCount="-1")
```

## References
- rsyslog 8 manual, omfwd: https://www.rsyslog.com/doc/configuration/modules/omfwd.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check("rsyslog-nothing-shipped", severity=MEDIUM, control=Control.MONITORING, also=(Control.AUDIT_LOGGING,), cwe=778)
def rsyslog_nothing_shipped(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    if rsyslog.is_main and not rsyslog.is_log_server and not known(rsyslog.ships_anything):
        yield fail("No message is sent to another host")
