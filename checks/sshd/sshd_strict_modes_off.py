"""SSH takes keys from files that anybody on the host may write.

## Why it matters
`StrictModes yes` refuses `authorized_keys` in folders that others may write to. Without it, one local user adds his key
to somebody else's file and is that person from then on.

## Bad
```text sshd_config
StrictModes no  # <-
```

## Good
```text sshd_config
StrictModes yes
```

## Good: the first line counts
```text sshd_config
StrictModes yes
StrictModes no
```

## Fix
```text
StrictModes yes
```
and give home folders to their users: `chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys`.

## References
- sshd_config(5), OpenSSH 9.2, StrictModes: https://man.openbsd.org/sshd_config#StrictModes
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Sshd


@check("sshd-strict-modes-off", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=732)
def sshd_strict_modes_off(sshd: Sshd) -> Iterator[Diagnostic]:
    if not known(sshd.everyone.flag("StrictModes")):
        yield fail(
            "Keys are taken from files that other users may write",
            at=sshd.everyone.where("StrictModes"),
            severity=sshd.exposure.scale(MEDIUM),
            expected="StrictModes yes",
        )
