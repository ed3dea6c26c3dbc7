"""SSH lets clients try passwords without a limit that matters.

## Why it matters
`MaxAuthTries` ends a connection after that many failures, `LoginGraceTime` after that long without a log-in. Raised or
switched off, one connection tries as many passwords as it likes, and unfinished ones fill the server.

## Bad
```text sshd_config
MaxAuthTries 100  # <-
```

## Bad: no time-out
```text sshd_config
LoginGraceTime 0  # <-
```

## Good
```text sshd_config
MaxAuthTries 4
LoginGraceTime 30
```

## Good: the defaults
```text sshd_config
PermitRootLogin no
```

## Good: nobody logs in with a password
```text sshd_config
MaxAuthTries 20
PasswordAuthentication no
KbdInteractiveAuthentication no
```

## Fix
```text
MaxAuthTries 4
LoginGraceTime 30
```

## References
- sshd_config(5), OpenSSH 9.2, MaxAuthTries and LoginGraceTime: https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where

_MOST_TRIES = 10


def _has_many_tries(session: Session) -> bool:
    if known(session.number("MaxAuthTries")) <= _MOST_TRIES or session.locks is True:
        return False
    return known(session.password_is_enough)


@check(
    "sshd-guessing-not-limited",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    also=(Control.RESOURCE_LIMITS,),
    cwe=307,
)
def sshd_guessing_not_limited(sshd: Sshd) -> Iterator[Diagnostic]:
    if known(sshd.everyone.number("LoginGraceTime")) == 0:
        yield fail(
            "A connection may stay open without a log-in for ever",
            at=sshd.everyone.where("LoginGraceTime"),
            severity=sshd.exposure.scale(MEDIUM),
            key="LoginGraceTime",
            expected="LoginGraceTime 30",
        )
    for session, at in sessions_where(sshd, _has_many_tries, "MaxAuthTries"):
        yield fail(
            f"One connection may try {session.number('MaxAuthTries')} passwords, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            key=f"MaxAuthTries {session.client.label}",
            expected="MaxAuthTries 4",
        )
