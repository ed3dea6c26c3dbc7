"""Old passwords may be used again.

## Why it matters
Whoever has an old password gets in again after the next change.

## Bad
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so minlen=12 yescrypt # <-
password requisite pam_deny.so
```

## Good
```text etc/pam.d/common-password
password required pam_pwhistory.so remember=10 use_authtok
password [success=1 default=ignore] pam_unix.so minlen=12 yescrypt
```

## Good: the module itself
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so minlen=12 yescrypt remember=5
```

## Fix
```text
password required pam_pwhistory.so remember=10 use_authtok
```

## References
- pam_pwhistory(8), Linux-PAM 1.5: https://man7.org/linux/man-pages/man8/pam_pwhistory.8.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.pam import PamService, remembers


@check("pam-passwords-reused", severity=LOW, control=Control.PASSWORD_POLICY, cwe=263)
def pam_passwords_reused(service: PamService) -> Iterator[Diagnostic]:
    setters = service.lines("password", "pam_unix")
    if not setters or remembers([step.line for step in service.stacks["password"]]):
        return
    if reason := service.unknown_lines("password"):
        yield not_evaluated(reason)
    else:
        yield fail("Old passwords are not remembered", at=setters[0].at, expected="pam_pwhistory remember=10")
