"""The journal does not hand messages to the rsyslog that waits for them.

## Why it matters
rsyslog is set up to take the host's messages from its socket. With `ForwardToSyslog=no` none arrive: its files stay empty
and nothing is sent on.

## Bad
```ini etc/systemd/journald.conf
[Journal]
ForwardToSyslog=no # <-
```
```text etc/rsyslog.conf
module(load="imuxsock")
*.* @@logs.clinic.example
```

## Good
```ini etc/systemd/journald.conf
[Journal]
ForwardToSyslog=yes
```
```text etc/rsyslog.conf
module(load="imuxsock")
*.* @@logs.clinic.example
```

## Good: rsyslog fetches them
```ini etc/systemd/journald.conf
[Journal]
ForwardToSyslog=no
```
```text etc/rsyslog.conf
module(load="imuxsock")
module(load="imjournal" StateFile="imjournal.state")
*.* @@logs.clinic.example
```

## Fix
```ini
ForwardToSyslog=yes
```

## References
- journald.conf(5), systemd 252: https://www.freedesktop.org/software/systemd/man/252/journald.conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check("journald-not-forwarded", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def journald_not_forwarded(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    journal = rsyslog.journal
    if journal is None or not rsyslog.takes_from_the_journal_socket:
        return
    if (known(journal.text("ForwardToSyslog")) or "yes").lower() in {"no", "n", "false", "f", "off", "0"}:
        yield fail(
            "The journal hands rsyslog no messages",
            at=journal.where("ForwardToSyslog"),
            expected="ForwardToSyslog=yes",
        )
