"""SSH does not record who logged in.

## Why it matters
The line that says who logged in, from where and with which key is written at the level INFO. Below it nothing is left
to look at after an incident, and nobody notices somebody trying passwords.

## Bad
```text sshd_config
LogLevel QUIET  # <-
```

## Bad: for one account
```text sshd_config
LogLevel VERBOSE

Match User replication
    LogLevel ERROR  # <-
```

## Good
```text sshd_config
LogLevel VERBOSE
```

## Good: the default
```text sshd_config
PermitRootLogin no
```

## Fix
```text
LogLevel VERBOSE
```

## References
- sshd_config(5), OpenSSH 9.2, LogLevel: https://man.openbsd.org/sshd_config#LogLevel
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_silent(session: Session) -> bool:
    return known(session.text("LogLevel")) in {"QUIET", "FATAL", "ERROR"}


@check("sshd-log-discarded", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def sshd_log_discarded(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_silent, "LogLevel"):
        yield fail(
            f"LogLevel {session.text('LogLevel')} leaves out who logged in, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            key=session.client.label,
            expected="LogLevel VERBOSE",
        )
