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

## Bad: switched off in the file of settings
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth
auth sufficient pam_unix.so
auth [default=die] pam_faillock.so authfail
auth required pam_deny.so
```
```text etc/security/faillock.conf
deny = 0 # <-
unlock_time = 600
```

## Bad: the file of settings alone
```text etc/security/faillock.conf
deny = 0 # <-
unlock_time = 600
```

## Good
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth
auth sufficient pam_unix.so
auth [default=die] pam_faillock.so authfail
auth required pam_deny.so
```

## Good: the line counts more than the file of settings
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth deny=5
auth sufficient pam_unix.so
auth [default=die] pam_faillock.so authfail deny=5
auth required pam_deny.so
```
```text etc/security/faillock.conf
deny = 0
```

## Good: a later line of the file
```text etc/security/faillock.conf
deny = 0
deny = 5
```

## Good: for a service that takes no passwords
```text etc/pam.d/sshd
auth required pam_deny.so
account required pam_unix.so
```

## Good: sshd takes keys only
```text etc/pam.d/sshd
auth required pam_unix.so
account required pam_unix.so
```
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
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
- faillock.conf(5), Linux-PAM 1.5: https://man7.org/linux/man-pages/man5/faillock.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pam import PamPart, PamService, PasswordRules

_SHARED = frozenset({"common-auth", "system-auth", "password-auth"})


@check("pam-no-lockout", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=307)
def pam_no_lockout(part: PamPart) -> Iterator[Diagnostic]:
    if isinstance(part, PasswordRules) and part.kind == "faillock" and not part.is_read_by_services:
        if known(part.number("deny", 3)) == 0:
            yield fail(
                "pam_faillock counts wrong passwords but locks no account", at=part.where("deny"), expected="deny"
            )
    elif isinstance(part, PamService) and part.is_for_log_ins and (part.name in _SHARED or _stands_alone(part)):
        passwords = any(step.line.module in {"pam_unix", "pam_sss", "pam_ldap"} for step in part.stacks["auth"])
        if passwords and part.is_asked and not known(part.log_in.locks):
            message = f"{part.name} takes any number of wrong passwords"
            yield fail(message, at=part.switched_off, expected="pam_faillock")


def _stands_alone(service: PamService) -> bool:
    return service.name in {"sshd", "login"} and not any(inner.name in _SHARED for inner in service.fragments)
