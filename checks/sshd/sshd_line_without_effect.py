"""A line of sshd_config has no effect, because an earlier one counts.

## Why it matters
sshd takes the first value of a keyword, included files in their place. A stricter line below is read, accepted and
ignored: the file says one thing, and the server does the other.

## Bad: an included file comes first
```text sshd_config
Include sshd_config.d/*.conf
PasswordAuthentication no  # <-
KbdInteractiveAuthentication no
```
```text sshd_config.d/50-cloud-init.conf
PasswordAuthentication yes
```

## Bad: a hardening line at the end
```text sshd_config
X11Forwarding yes
UsePAM yes
X11Forwarding no  # <-
```

## Good: both say the same
```text sshd_config
PermitRootLogin no
UsePAM yes
PermitRootLogin no
```

## Good: the block replaces the value for its clients
```text sshd_config
X11Forwarding no
Match User desktop
    X11Forwarding yes
```

## Good: lists add up
```text sshd_config
AllowUsers records
AllowUsers backup
```

## Fix
Remove or correct the earlier line, or name the file so that it comes first:
```text
/etc/ssh/sshd_config.d/10-hardening.conf
```

## References
- sshd_config(5), OpenSSH 9.2, "the first obtained value will be used": https://man.openbsd.org/sshd_config
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail
from auditor.technologies.sshd import Sshd


@check("sshd-line-without-effect", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def sshd_line_without_effect(sshd: Sshd) -> Iterator[Diagnostic]:
    for line in sshd.ineffective:
        yield fail(
            f"{line.name} {line.value} has no effect: {line.first} sets {line.in_force} before it",
            at=line.at,
            related=(Related(line.first, "this line counts"),),
            key=line.name,
            expected=f"{line.name} once",
        )
