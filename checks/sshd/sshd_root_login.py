"""SSH lets root log in with a password.

## Why it matters
root is one account that several people share: the log says that root did something, and not who. With a password it is
also the one name that everybody who guesses knows beforehand.

## Bad
```text sshd_config
PermitRootLogin yes  # <-
UsePAM yes
```

## Bad: a block opens again what the global part closed
```text sshd_config
PermitRootLogin no
AllowUsers root records

Match Address 10.20.0.0/16
    PermitRootLogin yes  # <-
```

## Bad: a file of the folder comes first
```text sshd_config
Include sshd_config.d/*.conf
PermitRootLogin no
```
```text sshd_config.d/50-installer.conf
PermitRootLogin yes  # <-
```

## Bad: a folder that is not in the repository is mostly empty
```text sshd_config
Include /etc/ssh/sshd_config.d/*.conf
PermitRootLogin yes  # <-
```

## Good
```text sshd_config
PermitRootLogin no
UsePAM yes
```

## Good: the first line counts
```text sshd_config
PermitRootLogin prohibit-password
PermitRootLogin yes
```

## Good: root is not among those who may log in
```text sshd_config
PermitRootLogin yes
AllowUsers records
```

## Good: nobody logs in with a password
```text sshd_config
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
```

## Fix
Log in as oneself and become root with sudo, which writes down who did:
```text
PermitRootLogin no
```

## References
- sshd_config(5), OpenSSH 9.2, PermitRootLogin: https://man.openbsd.org/sshd_config#PermitRootLogin
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_open(session: Session) -> bool:
    if session.text("PermitRootLogin") != "yes":
        known(session.text("PermitRootLogin"))
        return False
    return known(session.is_let_in) and known(session.password_is_enough)


@check("sshd-root-login", severity=HIGH, control=Control.AUTHORIZATION, also=(Control.AUTHENTICATION,), cwe=250)
def sshd_root_login(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_open, "PermitRootLogin", root=True):
        whom = f" for {session.client.label}" if session.client.label else ""
        yield fail(
            f"root may log in with a password{whom}; {sshd.exposure.reason}",
            at=at,
            severity=sshd.exposure.scale(HIGH),
            key=session.client.label,
            expected="PermitRootLogin no",
        )
