"""rsyslog drops messages while the log server is away.

## Why it matters
Without a queue on disk and without trying again, what happens during an outage of the log server or the network is
missing there: an intruder only has to cut the connection first.

## Bad
```text rsyslog.conf
module(load="imuxsock")
*.*  @@logs.clinic.example:514  # <-
```

## Bad: the queue is in memory
```text rsyslog.conf
module(load="imuxsock")
global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="/etc/ssl/certs/logs.pem")
*.* action(type="omfwd" target="logs.clinic.example" port="6514" protocol="tcp" streamDriverMode="1" streamDriverAuthMode="x509/name" queue.type="LinkedList" action.resumeRetryCount="-1") # <-
```

## Bad: the directives held for the action before
```text rsyslog.conf
module(load="imuxsock")
$ActionQueueType LinkedList
$ActionQueueFileName a
$ActionResumeRetryCount -1
*.*  @@a.clinic.example
*.*  @@b.clinic.example  # <-
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
$ActionQueueType LinkedList
$ActionQueueFileName away
$ActionResumeRetryCount -1
*.*  @@logs.clinic.example
```

## Fix
```text
action(type="omfwd" target="logs.clinic.example" protocol="tcp" queue.type="LinkedList" queue.filename="logs" queue.saveOnShutdown="on" action.resumeRetryCount="-1")
```

## References
- rsyslog 8 manual, omfwd: https://www.rsyslog.com/doc/configuration/modules/omfwd.html
- rsyslog 8 manual, Queue parameters: https://www.rsyslog.com/doc/rainerscript/queue_parameters.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check(
    "rsyslog-forward-loses-messages", severity=LOW, control=Control.DURABILITY, also=(Control.AUDIT_LOGGING,), cwe=778
)
def rsyslog_forward_loses_messages(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for forward in rsyslog.forwards:
        if not known(forward.is_udp) and not known(forward.keeps_messages):
            yield fail(
                f"Messages for {forward.target} are dropped while it is away",
                at=forward.place("queue.type", "action.resumeretrycount"),
                key=forward.target,
                expected="a queue with a file, and action.resumeRetryCount -1",
            )
