"""SSH believes other hosts about who their users are.

## Why it matters
With host-based authentication a machine vouches for its users, and no user proves anything. Whoever takes over one of
the trusted machines is every user of this one.

## Bad
```text sshd_config
HostbasedAuthentication yes  # <-
```

## Bad: users name the machines themselves
```text sshd_config
HostbasedAuthentication yes  # <-
IgnoreRhosts no
```

## Good
```text sshd_config
HostbasedAuthentication no
IgnoreRhosts no
```

## Good: the user proves it as well
```text sshd_config
HostbasedAuthentication yes
AuthenticationMethods hostbased,publickey
```

## Fix
```text
HostbasedAuthentication no
IgnoreRhosts yes
```

## References
- sshd_config(5), OpenSSH 9.2, HostbasedAuthentication and IgnoreRhosts: https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_open(session: Session) -> bool:
    if not known(session.flag("HostbasedAuthentication")):
        return False
    methods = known(session.text("AuthenticationMethods"))
    return methods == "any" or "hostbased" in methods.split()


@check("sshd-trusts-client-hosts", severity=HIGH, control=Control.AUTHENTICATION, cwe=290)
def sshd_trusts_client_hosts(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_open, "HostbasedAuthentication"):
        by_users = known(session.text("IgnoreRhosts")) != "yes"
        note = ", and users name the hosts in .rhosts or .shosts" if by_users else ""
        yield fail(
            f"The word of another host is enough to log in, for {session.who}{note}; {sshd.exposure.reason}",
            at=at,
            severity=sshd.exposure.scale(HIGH),
            key=session.client.label,
            expected="HostbasedAuthentication no",
        )
