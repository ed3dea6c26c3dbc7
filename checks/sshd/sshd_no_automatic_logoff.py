"""SSH never ends a session that nobody uses.

## Why it matters
A session that was left open on an unattended machine is logged in for whoever sits down there, and one whose client
vanished stays open as well. sshd ends neither until it is told to: `ClientAliveInterval` finds clients that vanished,
`ChannelTimeout` (OpenSSH 9.2) ends sessions without traffic. A shell's own `TMOUT` is not seen here.

## Bad: the default
```text sshd_config
PermitRootLogin no
```

## Bad
```text sshd_config
ClientAliveInterval 0  # <-
```

## Bad: a count of 0 switches it off (OpenSSH 8.2 and later)
```yaml compose.yaml
services:
  ssh:
    image: lscr.io/linuxserver/openssh-server:version-9.9_p2-r0  # <-
```

## Good
```text sshd_config
ClientAliveInterval 5m
ClientAliveCountMax 3
```

## Good: sessions without traffic are ended
```text sshd_config
ChannelTimeout session=15m
```

## Fix
```text
ClientAliveInterval 300
ClientAliveCountMax 3
ChannelTimeout session=15m
UnusedConnectionTimeout 15m
```

## References
- sshd_config(5), OpenSSH 9.2, ClientAliveInterval, ClientAliveCountMax, ChannelTimeout: https://man.openbsd.org/sshd_config
- OpenSSH 8.2 release notes, ClientAliveCountMax=0: https://www.openssh.com/txt/release-8.2
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, UndecidedError, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where

_COUNT_CHANGED = (8, 2)


def _stays_open(session: Session) -> bool:
    timeouts = known(session.text("ChannelTimeout"))
    if any(word.partition("=")[0].lower() in {"session", "*", "global"} for word in timeouts.split()):
        return False
    if known(session.number("ClientAliveInterval")) == 0:
        return True
    if known(session.number("ClientAliveCountMax")) != 0:
        return False
    if session.version is None:
        raise UndecidedError("ClientAliveCountMax 0 ends idle sessions before OpenSSH 8.2 and none from then on")
    return session.version >= _COUNT_CHANGED


@check("sshd-no-automatic-logoff", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def sshd_no_automatic_logoff(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _stays_open, "ClientAliveInterval"):
        yield fail(
            f"A session stays open for as long as nobody ends it, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            confidence=Confidence.MEDIUM,  # the shell may have a time-out of its own
            key=session.client.label,
            expected="ClientAliveInterval 300 with ClientAliveCountMax 3, and ChannelTimeout session=15m",
        )
