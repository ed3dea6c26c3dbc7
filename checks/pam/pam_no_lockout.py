"""PAM does not lock accounts after failed attempts.

## Why it matters
Passwords can be guessed without an end.

## Bad
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth required pam_permit.so
```

## Bad: switched off
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth deny=0
auth sufficient pam_unix.so
auth required pam_deny.so
```

## Good
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth
auth sufficient pam_unix.so
auth [default=die] pam_faillock.so authfail
auth required pam_deny.so
```

## Good: for a service that takes no passwords
```text etc/pam.d/sshd
auth required pam_deny.so
account required pam_unix.so
```

## Fix
```text
auth required pam_faillock.so preauth
auth sufficient pam_unix.so
auth [default=die] pam_faillock.so authfail
auth required pam_deny.so
account required pam_faillock.so
```

## References
- pam_faillock(8), Linux-PAM 1.5: https://man7.org/linux/man-pages/man8/pam_faillock.8.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pam import PamService

_SHARED = frozenset({"common-auth", "system-auth", "password-auth"})


@check("pam-no-lockout", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=307)
def pam_no_lockout(service: PamService) -> Iterator[Diagnostic]:
    alone = service.name in {"sshd", "login"} and not any(inner.name in _SHARED for inner in service.fragments)
    if service.is_for_log_ins and (service.name in _SHARED or alone):
        passwords = any(step.line.module in {"pam_unix", "pam_sss", "pam_ldap"} for step in service.stacks["auth"])
        if passwords and not known(service.locks):
            yield fail(f"{service.name} takes any number of wrong passwords", expected="pam_faillock")
