"""The SSH container's user becomes root with nothing asked.

## Why it matters
`SUDO_ACCESS=true` without a password lets whoever holds the key, or has taken over the session, become root of the
container without any further proof.

## Bad
```yaml compose.yaml
services:
  ssh:
    image: lscr.io/linuxserver/openssh-server:latest
    environment:
      PUBLIC_KEY_FILE: /keys/admin.pub
      SUDO_ACCESS: "true"  # <-
```

## Good
```yaml compose.yaml
services:
  ssh:
    image: lscr.io/linuxserver/openssh-server:latest
    environment:
      PUBLIC_KEY_FILE: /keys/admin.pub
      SUDO_ACCESS: "false"
```

## Good: sudo asks for a password
```yaml compose.yaml
services:
  ssh:
    image: lscr.io/linuxserver/openssh-server:latest
    environment:
      PUBLIC_KEY_FILE: /keys/admin.pub
      SUDO_ACCESS: "true"
      USER_PASSWORD_FILE: /run/secrets/password
```

## Fix
Leave `SUDO_ACCESS` out, or set `USER_PASSWORD_FILE` to a mounted secret.

## References
- linuxserver/openssh-server, Parameters: https://docs.linuxserver.io/images/docker-openssh-server/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.sshd import Sshd


@check("sshd-sudo-without-password", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def sshd_sudo_without_password(sshd: Sshd) -> Iterator[Diagnostic]:
    if sshd.sudo_without_password is not None:
        yield fail(
            "The user who logs in becomes root without a password",
            at=sshd.sudo_without_password,
            severity=sshd.exposure.scale(MEDIUM),
            expected='SUDO_ACCESS: "false"',
        )
