"""PAM lets people in whatever password they type.

## Why it matters
What a stack answers depends on the order and the controls of its lines. One module that always says yes in the wrong place,
or a missing refusal at the end, makes every account open to everybody.

## Bad
```text etc/pam.d/sshd
auth sufficient pam_permit.so # <-
auth required pam_unix.so
```

## Bad: it stands alone
```text etc/pam.d/sshd
auth required pam_permit.so # <-
account required pam_unix.so
```

## Bad: the jump goes too short
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so
auth required pam_permit.so # <-
```

## Bad: nothing refuses at the end
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth # <-
auth sufficient pam_unix.so
```

## Bad: a daemon runs as root
```text etc/pam.d/sshd
auth sufficient pam_rootok.so # <-
auth required pam_unix.so
```

## Good
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth required pam_permit.so
```

## Good: through other files
```text etc/pam.d/sshd
@include common-auth
account required pam_nologin.so
```
```text etc/pam.d/common-auth
auth [success=1 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth required pam_permit.so
```

## Good: a refusal at the end
```text etc/pam.d/system-auth
auth required pam_faillock.so preauth
auth sufficient pam_unix.so
auth [default=die] pam_faillock.so authfail
auth required pam_deny.so
```

## Good: a failure before stays
```text etc/pam.d/sshd
auth required pam_unix.so
auth sufficient pam_permit.so
```

## Good: sshd never asks it anything
```text etc/pam.d/sshd
auth sufficient pam_permit.so
account required pam_unix.so
```
```text etc/ssh/sshd_config
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
```

## Good: started by the user himself
```text etc/pam.d/su
auth sufficient pam_rootok.so
auth required pam_unix.so
```

## Fix
End every stack with a refusal:
```text
auth [success=1 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth required pam_permit.so
```

## References
- pam.d(5), Linux-PAM 1.5: https://man7.org/linux/man-pages/man5/pam.d.5.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.pam import PamService


@check("pam-lets-anyone-in", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=287)
def pam_lets_anyone_in(service: PamService) -> Iterator[Diagnostic]:
    if not service.is_for_log_ins or service.is_judged_with_sshd:
        return
    if any(inner.log_in.lets_anyone_in is True for inner in service.fragments):
        return  # the included file is judged itself
    if known(service.log_in.lets_anyone_in):
        yield fail(f"{service.name} lets an ordinary user in with a wrong password", at=service.log_in.deciding)
