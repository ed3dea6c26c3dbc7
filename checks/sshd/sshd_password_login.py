"""SSH takes a password as the only proof of who logs in.

## Why it matters
Passwords are guessed, reused and phished; a stolen one opens the host from anywhere that reaches it. Attacks on
health-care companies began with exactly one password and no second factor.

## Bad
```text sshd_config
PasswordAuthentication yes  # <-
PermitRootLogin no
```

## Bad: the default
```text sshd_config
PermitRootLogin no
```

## Bad: the first line counts, and it stands in an included file
```text sshd_config
Include sshd_config.d/*.conf
PasswordAuthentication no
KbdInteractiveAuthentication no
```
```text sshd_config.d/50-cloud-init.conf
PasswordAuthentication yes  # <-
```

## Bad: a block opens again what the global part closed
```text sshd_config
PasswordAuthentication no
KbdInteractiveAuthentication no

Match User backup
    PasswordAuthentication yes  # <-
```

## Bad: a variable of the image
```yaml compose.yaml
services:
  ssh:
    image: lscr.io/linuxserver/openssh-server:latest  # <-
    environment:
      PASSWORD_ACCESS: "true"
    ports: ["2222:2222"]
```

## Good
```text sshd_config
PasswordAuthentication no
KbdInteractiveAuthentication no
```

## Good: a key as well
```text sshd_config
PasswordAuthentication yes
AuthenticationMethods publickey,password
```

## Good: what comes later has no effect
```text sshd_config
PasswordAuthentication no
KbdInteractiveAuthentication no
PasswordAuthentication yes
```

## Good: the users of the image have keys only
```yaml compose.yaml
services:
  exchange:
    image: atmoz/sftp:debian
    command: ["laboratory::1001"]
    volumes: ["./laboratory.pub:/home/laboratory/.ssh/keys/laboratory.pub:ro"]
```

## Good: PAM wants a code as well
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication yes
```
```text etc/pam.d/sshd
auth required pam_unix.so
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Fix
Log in with keys, or ask for a second factor:
```text
PasswordAuthentication no
KbdInteractiveAuthentication no
```
```text
AuthenticationMethods publickey,keyboard-interactive:pam
```

## References
- sshd_config(5), OpenSSH 9.2, PasswordAuthentication and AuthenticationMethods: https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_open(session: Session) -> bool:
    return known(session.suffices("password")) and session.lets_anyone_in is not True


@check("sshd-password-login", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=308)
def sshd_password_login(sshd: Sshd) -> Iterator[Diagnostic]:
    names = ("PasswordAuthentication",)
    for session, at in sessions_where(sshd, _is_open, *names):
        yield fail(
            f"A password is enough to log in, for {session.who}; {sshd.exposure.reason}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            key=session.client.label,
            expected="PasswordAuthentication no, or AuthenticationMethods with a second method",
        )
