"""PAM hands passwords to a program.

## Why it matters
With `expose_authtok` the program reads every password that people type. Who may change the program has them all.

## Bad
```text etc/pam.d/sshd
auth optional pam_exec.so expose_authtok quiet /usr/local/bin/on-login # <-
auth required pam_unix.so
auth required pam_deny.so
```

## Good
```text etc/pam.d/sshd
auth required pam_unix.so
auth optional pam_exec.so quiet /usr/local/bin/on-login
```

## Fix
Leave `expose_authtok` out, or use a module made for the purpose.

## References
- pam_exec(8), Linux-PAM 1.5: https://man7.org/linux/man-pages/man8/pam_exec.8.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.pam import PamService


@check("pam-program-gets-passwords", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=522)
def pam_program_gets_passwords(service: PamService) -> Iterator[Diagnostic]:
    for kind in ("auth", "password"):
        for line in service.lines(kind, "pam_exec"):
            if line.argument("expose_authtok") is not None:
                yield fail("A program reads the passwords that people type", at=line.at, key=str(line.at.line))
