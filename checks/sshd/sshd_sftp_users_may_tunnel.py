"""SFTP users may open tunnels into the network.

## Why it matters
`ForceCommand internal-sftp` limits what a session runs, and not what it forwards: the account that only delivers files
can still connect from this host to any other one, the database included.

## Bad
```text sshd_config
Match Group partners
    ForceCommand internal-sftp  # <-
    ChrootDirectory /srv/exchange/%u
```

## Good
```text sshd_config
Match Group partners
    ForceCommand internal-sftp
    ChrootDirectory /srv/exchange/%u
    AllowTcpForwarding no
```

## Good: all kinds of forwarding are off
```text sshd_config
DisableForwarding yes

Match Group partners
    ForceCommand internal-sftp
    ChrootDirectory /srv/exchange/%u
```

## Good: no place to connect to
```text sshd_config
Match Group partners
    ForceCommand internal-sftp
    ChrootDirectory /srv/exchange/%u
    PermitOpen none
    AllowTcpForwarding local
```

## Fix
```text
Match Group partners
    ForceCommand internal-sftp
    ChrootDirectory /srv/exchange/%u
    DisableForwarding yes
```

## References
- sshd_config(5), OpenSSH 9.2, DisableForwarding and AllowTcpForwarding: https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _may_tunnel(session: Session) -> bool:
    if not known(session.is_sftp_only) or known(session.flag("DisableForwarding")):
        return False
    allowed = known(session.text("AllowTcpForwarding"))
    return allowed in {"yes", "local"} and known(session.text("PermitOpen")) != "none"


@check(
    "sshd-sftp-users-may-tunnel",
    severity=MEDIUM,
    control=Control.AUTHORIZATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=441,
)
def sshd_sftp_users_may_tunnel(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _may_tunnel, "AllowTcpForwarding", "ForceCommand"):
        yield fail(
            f"Accounts for file transfer may open connections from this host, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            key=session.client.label,
            expected="DisableForwarding yes",
        )
