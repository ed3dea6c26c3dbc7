"""SSH lets people in without the second factor that PAM asks for.

## Why it matters
The files of PAM ask for a code or a security key. sshd asks PAM about what people type, and never about a key: who logs
in with a stolen key is asked for nothing else.

## Bad
```text etc/ssh/sshd_config
UsePAM yes
KbdInteractiveAuthentication yes  # <-
```
```text etc/pam.d/sshd
auth required pam_unix.so
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Bad: one of two lists of methods
```text etc/ssh/sshd_config
UsePAM yes
AuthenticationMethods publickey keyboard-interactive  # <-
```
```text etc/pam.d/sshd
auth required pam_unix.so
auth required pam_oath.so usersfile=/etc/users.oath window=5
account required pam_unix.so
```

## Bad: PAM is never asked
```text etc/ssh/sshd_config
UsePAM no  # <-
PubkeyAuthentication no
```
```text etc/pam.d/sshd
auth required pam_unix.so
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Good
```text etc/ssh/sshd_config
UsePAM yes
AuthenticationMethods publickey,keyboard-interactive
```
```text etc/pam.d/sshd
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Good: a code for everybody, no keys
```text etc/ssh/sshd_config
UsePAM yes
PubkeyAuthentication no
```
```text etc/pam.d/sshd
auth required pam_unix.so
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Good: PAM asks for a password only
```text etc/ssh/sshd_config
UsePAM yes
```
```text etc/pam.d/sshd
auth required pam_unix.so
account required pam_unix.so
```

## Fix
Ask for both, whoever logs in:
```text
AuthenticationMethods publickey,keyboard-interactive:pam
```

## References
- sshd_config(5), OpenSSH 9.2, AuthenticationMethods and UsePAM: https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where

_WAYS = ("AuthenticationMethods", "KbdInteractiveAuthentication", "PubkeyAuthentication", "UsePAM")


def _is_skipped(session: Session) -> bool:
    if session.pam is None or not session.pam.second_factors or not known(session.pam.needs_second_factor):
        return False
    return known(session.key_is_enough) or known(session.password_is_enough)


@check("sshd-second-factor-skipped", severity=LOW, control=Control.AUTHENTICATION, cwe=308)
def sshd_second_factor_skipped(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_skipped, *_WAYS):
        if session.pam is None:
            continue
        (factor, *_) = session.pam.second_factors
        skipping = "A key" if session.key_is_enough is True else "A password"
        yield fail(
            f"{skipping} is enough to log in, and {factor.module} is not asked, for {session.who}",
            at=at if session.flag("UsePAM") is True else session.where("UsePAM"),
            severity=sshd.exposure.scale(LOW),
            related=(Related(factor.at, "PAM asks for a second factor here"),),
            key=session.client.label,
            expected="AuthenticationMethods publickey,keyboard-interactive:pam",
        )
