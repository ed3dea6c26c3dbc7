"""SSH forwards X11.

## Why it matters
With X11 forwarded, a program on the server reads the keys and the screen of the client's desktop. A server that holds
records needs no desktop.

## Bad
```text sshd_config
X11Forwarding yes  # <-
```

## Good
```text sshd_config
X11Forwarding no
```

## Good: all forwarding is off
```text sshd_config
X11Forwarding yes
DisableForwarding yes
```

## Fix
```text
X11Forwarding no
```

## References
- sshd_config(5), OpenSSH 9.2, X11Forwarding: https://man.openbsd.org/sshd_config#X11Forwarding
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_on(session: Session) -> bool:
    return known(session.flag("X11Forwarding")) and not known(session.flag("DisableForwarding"))


@check("sshd-x11-forwarding", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=441)
def sshd_x11_forwarding(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_on, "X11Forwarding"):
        yield fail(
            f"Programs of the server may open windows on the client's desktop, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(LOW),
            key=session.client.label,
            expected="X11Forwarding no",
        )
