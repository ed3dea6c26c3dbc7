"""Log-ins stay on the host while other messages are sent away.

## Why it matters
Who logged in is what an intruder removes first, and what an investigation asks for first.

## Bad
```text rsyslog.conf
module(load="imuxsock")
*.*;auth,authpriv.none  @@logs.clinic.example
auth,authpriv.*  /var/log/auth.log
```

## Bad: only errors
```text rsyslog.conf
module(load="imuxsock")
*.err  @@logs.clinic.example
```

## Good
```text rsyslog.conf
module(load="imuxsock")
*.*  @@logs.clinic.example
auth,authpriv.*  /var/log/auth.log
```

## Good: by name
```text rsyslog.conf
module(load="imuxsock")
auth,authpriv.info  @@logs.clinic.example
daemon.err  /var/log/daemon.log
```

## Fix
```text
auth,authpriv.*  @@logs.clinic.example:6514
```

## References
- rsyslog.conf(5), rsyslog 8: https://www.rsyslog.com/doc/configuration/filters.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check(
    "rsyslog-log-ins-not-shipped", severity=MEDIUM, control=Control.MONITORING, also=(Control.AUDIT_LOGGING,), cwe=778
)
def rsyslog_log_ins_not_shipped(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    if rsyslog.is_main and rsyslog.forwards and not known(rsyslog.log_ins_reach(outside=True)):
        yield fail("Messages are sent away, but not those of log-ins (auth and authpriv)", at=rsyslog.forwards[0].at)
