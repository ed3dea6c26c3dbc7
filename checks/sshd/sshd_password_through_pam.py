"""SSH refuses passwords and takes them all the same, through PAM.

## Why it matters
`PasswordAuthentication no` switches off one of two ways to type a password. The other one, keyboard-interactive, is on
by default, and with `UsePAM yes` it asks for the same password. Whoever wrote the first line believes that only keys
work.

## Bad
```text sshd_config
PasswordAuthentication no  # <-
UsePAM yes
```

## Bad: the old name of the keyword
```text sshd_config
UsePAM yes
PasswordAuthentication no
ChallengeResponseAuthentication yes  # <-
```

## Bad: a block opens it
```text sshd_config
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no

Match Group staff
    KbdInteractiveAuthentication yes  # <-
```

## Bad: PAM's own files say so
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no  # <-
```
```text etc/pam.d/sshd
auth required pam_unix.so
account required pam_unix.so
```

## Good
```text sshd_config
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM yes
```

## Good: PAM wants a code
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no
```
```text etc/pam.d/sshd
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Good: PAM wants a code as well
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no
```
```text etc/pam.d/sshd
auth required pam_oath.so usersfile=/etc/users.oath
auth required pam_unix.so
account required pam_unix.so
```

## Good: PAM is not asked
```text sshd_config
PasswordAuthentication no
UsePAM no
```

## Good: PAM asks for a second factor behind a key
```text sshd_config
PasswordAuthentication no
UsePAM yes
AuthenticationMethods publickey,keyboard-interactive:pam
```

## Fix
```text
PasswordAuthentication no
KbdInteractiveAuthentication no
```
Where PAM asks for a code, require a key before it: `AuthenticationMethods publickey,keyboard-interactive:pam`.

## References
- sshd_config(5), OpenSSH 9.2, UsePAM and KbdInteractiveAuthentication: https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_open(session: Session) -> bool:
    if known(session.flag("PasswordAuthentication")) or session.lets_anyone_in is True:
        return False
    return known(session.suffices("keyboard-interactive"))


@check("sshd-password-through-pam", severity=HIGH, control=Control.AUTHENTICATION, cwe=1188)
def sshd_password_through_pam(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_open, "KbdInteractiveAuthentication", "PasswordAuthentication"):
        asking = session.takes_password_at
        yield fail(
            f"PAM {'asks' if asking else 'may ask'} for a password although PasswordAuthentication is no, "
            f"for {session.who}; {sshd.exposure.reason}",
            at=at,
            severity=sshd.exposure.scale(HIGH),
            confidence=None if asking else Confidence.MEDIUM,  # what PAM asks for stands in its own files
            related=tuple(Related(line, "PAM takes a password here") for line in asking),
            key=session.client.label,
            expected="KbdInteractiveAuthentication no",
        )
