"""SSH lets every account of the host log in.

## Why it matters
Without a list, every account with a shell may log in: those of people who left, those that a package made, and those
that somebody adds tomorrow. A group for those who may ends that in one place.

## Bad
```text sshd_config
PasswordAuthentication no
KbdInteractiveAuthentication no
```

## Good
```text sshd_config
AllowGroups ssh-users
```

## Good: in an included file
```text sshd_config
Include sshd_config.d/*.conf
PermitRootLogin no
```
```text sshd_config.d/10-users.conf
AllowUsers records@10.20.* backup
```

## Fix
```text
AllowGroups ssh-users
```

## References
- sshd_config(5), OpenSSH 9.2, AllowGroups and AllowUsers: https://man.openbsd.org/sshd_config#AllowGroups
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Sshd


@check("sshd-no-allow-list", severity=LOW, control=Control.AUTHORIZATION, cwe=284)
def sshd_no_allow_list(sshd: Sshd) -> Iterator[Diagnostic]:
    session = sshd.everyone
    if not any(known(session.parts(name)) for name in ("AllowUsers", "AllowGroups")):
        yield fail(
            "Every account with a shell may log in",
            severity=sshd.exposure.scale(LOW),
            expected="AllowGroups with the group of those who may log in",
        )
