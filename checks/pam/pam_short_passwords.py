"""New passwords may be shorter than 12 characters.

## Why it matters
Short passwords are guessed in hours once their hashes are out.

## Bad
```text etc/pam.d/common-password
password requisite pam_pwquality.so retry=3 minlen=8 # <-
password [success=1 default=ignore] pam_unix.so use_authtok yescrypt
```

## Bad: nothing but the module's own limit
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so obscure yescrypt # <-
password requisite pam_deny.so
```

## Bad: in the file of settings
```text etc/security/pwquality.conf
minlen = 9 # <-
minclass = 3
```

## Bad: in a drop-in
```text etc/security/pwquality.conf
# minlen = 8
```
```text etc/security/pwquality.conf.d/50-length.conf
minlen = 9 # <-
```

## Bad: the main file is read after its drop-ins
```text etc/security/pwquality.conf
minlen = 9 # <-
```
```text etc/security/pwquality.conf.d/50-length.conf
minlen = 14
```

## Good
```text etc/pam.d/common-password
password requisite pam_pwquality.so retry=3 minlen=14
password [success=1 default=ignore] pam_unix.so use_authtok yescrypt
```

## Good: in the file of settings
```text etc/pam.d/common-password
password requisite pam_pwquality.so retry=3
password [success=1 default=ignore] pam_unix.so use_authtok yescrypt
```
```text etc/security/pwquality.conf
# minlen = 8
minlen = 14
```

## Good: in the last drop-in
```text etc/security/pwquality.conf
# minlen = 8
minclass = 3
```
```text etc/security/pwquality.conf.d/10-length.conf
minlen = 8
```
```text etc/security/pwquality.conf.d/50-length.conf
minlen = 14
```

## Good: the module itself
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so minlen=12 yescrypt
```

## Fix
```text
minlen = 12
```

## References
- pwquality.conf(5), libpwquality 1.4: https://manpages.debian.org/bookworm/libpwquality-common/pwquality.conf.5.en.html
- pam_unix(8), Linux-PAM 1.5: https://man7.org/linux/man-pages/man8/pam_unix.8.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.pam import CHECKERS, QUALITY_LEAST, PamPart, PamService, PasswordRules, shortest


@check("pam-short-passwords", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def pam_short_passwords(part: PamPart) -> Iterator[Diagnostic]:
    if isinstance(part, PasswordRules) and part.kind == "pwquality":
        if (length := max(known(part.number("minlen", 8)), QUALITY_LEAST)) < 12:
            yield fail(f"New passwords may have {length} characters", at=part.where("minlen"), expected="minlen = 12")
    elif isinstance(part, PamService):
        for line in part.lines("password", *CHECKERS) or part.lines("password", "pam_unix"):
            least = shortest(line)
            if least is None and line.module == "pam_pwquality" and not part.has_quality_file:
                yield not_evaluated("pwquality.conf is not in the scanned files")
            if least is not None and least < 12:
                yield fail(
                    f"{line.module} takes new passwords of {least} characters",
                    at=line.at,
                    key=line.module,
                    expected="minlen=12",
                )
