"""SSH opens forwarded ports to other hosts.

## Why it matters
A client that forwards a port back through this server makes a service behind its own firewall reachable here. With
`GatewayPorts` on, it is reachable for everybody who reaches this server, past every rule of the network.

## Bad
```text sshd_config
GatewayPorts yes  # <-
```

## Bad: the client decides
```text sshd_config
GatewayPorts no
Match User support
    GatewayPorts clientspecified  # <-
```

## Good
```text sshd_config
GatewayPorts no
```

## Good: nothing is forwarded
```text sshd_config
GatewayPorts yes
AllowTcpForwarding no
```

## Good: only towards others
```text sshd_config
GatewayPorts yes
AllowTcpForwarding local
```

## Fix
```text
GatewayPorts no
```

## References
- sshd_config(5), OpenSSH 9.2, GatewayPorts: https://man.openbsd.org/sshd_config#GatewayPorts
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_open(session: Session) -> bool:
    if not known(session.flag("GatewayPorts")) or known(session.flag("DisableForwarding")):
        return False
    listen = known(session.text("PermitListen"))
    return known(session.text("AllowTcpForwarding")) in {"yes", "remote"} and listen != "none"


@check("sshd-forwards-for-others", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=441)
def sshd_forwards_for_others(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_open, "GatewayPorts"):
        yield fail(
            f"Ports that a client forwards are open to other hosts, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            key=session.client.label,
            expected="GatewayPorts no",
        )
