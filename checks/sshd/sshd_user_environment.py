"""SSH lets users set variables of their session before any restriction applies.

## Why it matters
`PermitUserEnvironment yes` reads `~/.ssh/environment` and the options of keys. A user who may only run one command
sets `LD_PRELOAD` there and runs what he likes.

## Bad
```text sshd_config
PermitUserEnvironment yes  # <-
```

## Bad: a pattern that covers everything
```text sshd_config
PermitUserEnvironment LANG,*  # <-
```

## Good
```text sshd_config
PermitUserEnvironment no
```

## Good: named variables
```text sshd_config
PermitUserEnvironment LANG,LC_*
```

## Fix
```text
PermitUserEnvironment no
```

## References
- sshd_config(5), OpenSSH 9.2, PermitUserEnvironment: https://man.openbsd.org/sshd_config#PermitUserEnvironment
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Sshd

_ANYTHING = frozenset({"yes", "*", "LD_*", "LD_PRELOAD", "PATH", "BASH_ENV"})


@check("sshd-user-environment", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=15)
def sshd_user_environment(sshd: Sshd) -> Iterator[Diagnostic]:
    value = known(sshd.everyone.text("PermitUserEnvironment"))
    if _ANYTHING.intersection(value.split(",")):
        yield fail(
            "Users set variables such as LD_PRELOAD for their sessions, restricted ones too",
            at=sshd.everyone.where("PermitUserEnvironment"),
            severity=sshd.exposure.scale(MEDIUM),
            expected="PermitUserEnvironment no",
        )
