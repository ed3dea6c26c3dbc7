"""rsyslog throws messages about log-ins away.

## Why it matters
Nobody can say later who logged in, or tried to.

## Bad
```text rsyslog.conf
module(load="imuxsock")
*.*;auth,authpriv.none  /var/log/syslog
```

## Bad: errors only
```text rsyslog.conf
module(load="imuxsock")
*.err  /var/log/errors
auth.*  /var/log/auth.log
```

## Bad: stopped before
```text rsyslog.conf
module(load="imuxsock")
authpriv.*  stop
*.*  /var/log/syslog
```

## Good
```text rsyslog.conf
module(load="imuxsock")
*.*;auth,authpriv.none  /var/log/syslog
auth,authpriv.*  /var/log/auth.log
```

## Good: a later part of a filter
```text rsyslog.conf
module(load="imuxsock")
*.none;*.info  /var/log/messages
```

## Good: only another facility is stopped
```text rsyslog.conf
module(load="imuxsock")
mail.*  stop
*.*  /var/log/syslog
```

## Fix
```text
auth,authpriv.*  /var/log/auth.log
```

## References
- rsyslog.conf(5), rsyslog 8: https://www.rsyslog.com/doc/configuration/filters.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check("rsyslog-log-ins-not-kept", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def rsyslog_log_ins_not_kept(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    if rsyslog.is_main and rsyslog.takes_local_messages and not known(rsyslog.log_ins_reach(outside=False)):
        yield fail("Messages about log-ins (auth and authpriv) are neither written nor sent on")
