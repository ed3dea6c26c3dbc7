"""SSH lets accounts in that have no password.

## Why it matters
Whoever knows the name of an account without a password is in, and nothing tells who it was. Accounts of services and
of devices are often made that way.

## Bad
```text sshd_config
PermitEmptyPasswords yes  # <-
```

## Bad: for one network
```text sshd_config
PermitEmptyPasswords no

Match Address 10.20.0.0/16
    PermitEmptyPasswords yes  # <-
```

## Good
```text sshd_config
PermitEmptyPasswords no
```

## Good: no password is taken at all
```text sshd_config
PermitEmptyPasswords yes
PasswordAuthentication no
KbdInteractiveAuthentication no
```

## Bad: PAM takes them, too
```text etc/ssh/sshd_config
UsePAM yes
PermitEmptyPasswords yes  # <-
```
```text etc/pam.d/sshd
@include common-auth
account required pam_unix.so
```
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so nullok
auth requisite pam_deny.so
auth required pam_permit.so
```

## Good: PAM takes none
```text etc/ssh/sshd_config
UsePAM yes
PermitEmptyPasswords yes
```
```text etc/pam.d/sshd
auth required pam_unix.so
account required pam_unix.so
```

## Fix
```text
PermitEmptyPasswords no
```

## References
- sshd_config(5), OpenSSH 9.2, PermitEmptyPasswords: https://man.openbsd.org/sshd_config#PermitEmptyPasswords
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_open(session: Session) -> bool:
    return known(session.empty_password_is_enough) and session.lets_anyone_in is not True


@check("sshd-empty-passwords", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=258)
def sshd_empty_passwords(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_open, "PermitEmptyPasswords"):
        yield fail(
            f"An account without a password is let in, for {session.who}; {sshd.exposure.reason}",
            at=at,
            severity=sshd.exposure.scale(CRITICAL),
            related=tuple(Related(line, "PAM takes an empty password here") for line in session.takes_empty_at),
            key=session.client.label,
            expected="PermitEmptyPasswords no",
        )
