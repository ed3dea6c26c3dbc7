r"""SSH would refuse to start with this configuration.

## Why it matters
sshd stops at a line like this. Whatever is running now runs with something else, and after the next restart nobody can
log in. Its other settings are not judged.

## Bad: a value that sshd does not know
```text sshd_config
PermitRootLogin never  # <-
```

## Bad: a global keyword behind a Match block
```text sshd_config
Match User backup
    PasswordAuthentication no

UsePAM yes  # <-
```

## Bad: a quote that is not closed
```text sshd_config
PermitRootLogin no
Banner "/etc/issue.net  # <-
```

## Good: the block ends with another one
```text sshd_config
UsePAM yes
Match User backup
    PasswordAuthentication no
Match all
    X11Forwarding no
```

## Good: quotes, an equals sign, and a comment behind the value
```text sshd_config
permitrootlogin = "no" # everybody has an account
```

## Fix
Correct the line and test the file before it is rolled out:
```text
sshd -t -f /etc/ssh/sshd_config
```

## References
- sshd(8), OpenSSH 9.2, -t: https://man.openbsd.org/sshd.8
- sshd_config(5), OpenSSH 9.2, Match: https://man.openbsd.org/sshd_config#Match
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.sshd import Sshd


@check(
    "sshd-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def sshd_refused_configuration(sshd: Sshd) -> Iterator[Diagnostic]:
    for problem in sshd.refused:
        yield fail(f"sshd would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if sshd.unrecognised:
        where = ", ".join(str(problem.at) for problem in sshd.unrecognised[:3])
        yield not_evaluated(f"a keyword is not known here ({where}); a newer version or a patched one may have it")
