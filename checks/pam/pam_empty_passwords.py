"""PAM takes empty passwords.

## Why it matters
An account without a password, made by a script or left from an installation, is open to everybody.

## Bad
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so nullok # <-
auth requisite pam_deny.so
auth required pam_permit.so
```

## Good
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth required pam_permit.so
```

## Good: for changing a password
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so nullok yescrypt
password requisite pam_deny.so
```

## Good: sshd forbids it
```text etc/pam.d/sshd
auth required pam_unix.so nullok
account required pam_unix.so
```
```text etc/ssh/sshd_config
UsePAM yes
PermitEmptyPasswords no
```

## Fix
```text
auth [success=1 default=ignore] pam_unix.so
```

## References
- pam_unix(8), Linux-PAM 1.5: https://man7.org/linux/man-pages/man8/pam_unix.8.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.pam import PamService


@check("pam-empty-passwords", severity=MEDIUM, control=Control.AUTHENTICATION, also=(Control.PASSWORD_POLICY,), cwe=258)
def pam_empty_passwords(service: PamService) -> Iterator[Diagnostic]:
    if service.is_judged_with_sshd:
        return  # PermitEmptyPasswords of sshd decides
    for line in service.lines("auth", "pam_unix"):
        if line.argument("nullok") is not None:
            yield fail("Accounts with an empty password may log in", at=line.at, key=str(line.at.line))
