"""PAM lets accounts in that have set up no second factor.

## Why it matters
The word is meant for the days in which people set up their codes. Left in, it lets every account that never did so in
with the password alone: new ones, old ones and those of services.

## Bad
```text etc/pam.d/sshd
auth required pam_unix.so
auth required pam_google_authenticator.so nullok # <-
account required pam_unix.so
```

## Bad: a security key
```text etc/pam.d/system-auth
auth required pam_unix.so
auth required pam_u2f.so nouserok cue # <-
```

## Good
```text etc/pam.d/sshd
auth required pam_unix.so nullok_secure
auth required pam_google_authenticator.so
account required pam_unix.so
```

## Fix
Once everybody has a second factor:
```text
auth required pam_google_authenticator.so
```

## References
- pam_google_authenticator(8), 20191231, option nullok: https://github.com/google/google-authenticator-libpam
- pam_u2f(8), 1.1, option nouserok: https://developers.yubico.com/pam-u2f/Manuals/pam_u2f.8.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.pam import PamService


@check("pam-second-factor-optional", severity=LOW, control=Control.AUTHENTICATION, cwe=308)
def pam_second_factor_optional(service: PamService) -> Iterator[Diagnostic]:
    for line in service.optional_second_factors:
        yield fail(
            f"{line.module} lets accounts in that have no second factor yet",
            at=line.at,
            key=f"{line.module} {line.at.line}",
        )
