"""SSH lets people in whatever password they type, because PAM does.

## Why it matters
sshd leaves the question who somebody is to PAM. If the files of PAM answer yes to everybody, whoever reaches the port is
in, as any user that he names.

## Bad
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication yes
```
```text etc/pam.d/sshd
auth sufficient pam_permit.so  # <-
auth required pam_unix.so
account required pam_unix.so
```

## Bad: through the other way to type a password, in an included file
```text hosts/archive/etc/ssh/sshd_config
PasswordAuthentication no
ChallengeResponseAuthentication yes
UsePAM yes
```
```text hosts/archive/etc/pam.d/sshd
@include common-auth
account required pam_unix.so
```
```text hosts/archive/etc/pam.d/common-auth
auth sufficient pam_unix.so
auth required pam_permit.so  # <-
```

## Bad: a block opens it
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no

Match Address 10.20.0.0/16
    PasswordAuthentication yes
```
```text etc/pam.d/sshd
auth required pam_permit.so  # <-
account required pam_unix.so
```

## Bad: in an image
```text Dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y openssh-server
COPY sshd_config /etc/ssh/sshd_config
COPY pam-sshd /etc/pam.d/sshd
CMD ["/usr/sbin/sshd", "-D"]
```
```text sshd_config
UsePAM yes
```
```text pam-sshd
auth sufficient pam_permit.so  # <-
account required pam_permit.so
session required pam_permit.so
```

## Good
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication yes
```
```text etc/pam.d/sshd
auth required pam_unix.so
auth sufficient pam_permit.so
account required pam_unix.so
```

## Good: only keys are taken, and PAM is not asked about keys
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
```
```text etc/pam.d/sshd
auth sufficient pam_permit.so
account required pam_unix.so
```

## Good: sshd compares passwords itself
```text etc/ssh/sshd_config
UsePAM no
```
```text etc/pam.d/sshd
auth sufficient pam_permit.so
account required pam_unix.so
```

## Good: a key comes first
```text etc/ssh/sshd_config
UsePAM yes
AuthenticationMethods publickey,keyboard-interactive
```
```text etc/pam.d/sshd
auth sufficient pam_permit.so
account required pam_unix.so
```

## Good: the files of another host
```text hosts/archive/etc/ssh/sshd_config
UsePAM yes
```
```text hosts/archive/etc/pam.d/sshd
auth required pam_unix.so
account required pam_unix.so
```
```text hosts/kiosk/etc/pam.d/sshd
auth sufficient pam_permit.so
```

## Fix
End the stack with a refusal:
```text
auth [success=1 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth required pam_permit.so
```

## References
- sshd_config(5), OpenSSH 9.2, UsePAM and KbdInteractiveAuthentication: https://man.openbsd.org/sshd_config
- pam.d(5), Linux-PAM 1.5: https://man7.org/linux/man-pages/man5/pam.d.5.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where

_WAYS = ("PasswordAuthentication", "KbdInteractiveAuthentication", "UsePAM")


def _is_open(session: Session) -> bool:
    return known(session.lets_anyone_in)


@check("sshd-pam-lets-anyone-in", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=287)
def sshd_pam_lets_anyone_in(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_open, *_WAYS):
        if session.pam is not None:
            yield fail(
                f"Any password logs in as an ordinary user, for {session.who}; {sshd.exposure.reason}",
                at=session.pam.deciding,
                severity=sshd.exposure.scale(CRITICAL),
                related=(Related(at, "sshd asks PAM about what people type"),),
                key=session.client.label,
                expected="auth requisite pam_deny.so",
            )
            return
