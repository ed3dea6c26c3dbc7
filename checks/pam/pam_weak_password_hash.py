"""Passwords are stored under a weak hash.

## Why it matters
Once the file is out, passwords under MD5 or DES are found in minutes.

## Bad
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so minlen=12 md5 # <-
password requisite pam_deny.so
```

## Bad: for tools that do not ask PAM
```text etc/login.defs
UID_MIN 1000
ENCRYPT_METHOD DES # <-
```

## Good
```text etc/pam.d/common-password
password [success=1 default=ignore] pam_unix.so minlen=12 yescrypt
password requisite pam_deny.so
```

## Good: the method of the tools
```text etc/login.defs
UID_MIN 1000
ENCRYPT_METHOD SHA512
```

## Fix
```text
password [success=1 default=ignore] pam_unix.so yescrypt
```

## References
- pam_unix(8), Linux-PAM 1.5: https://man7.org/linux/man-pages/man8/pam_unix.8.html
- login.defs(5), shadow 4.13: https://man7.org/linux/man-pages/man5/login.defs.5.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.pam import PamPart, PamService, PasswordRules


@check("pam-weak-password-hash", severity=HIGH, control=Control.PASSWORD_POLICY, cwe=916)
def pam_weak_password_hash(part: PamPart) -> Iterator[Diagnostic]:
    if isinstance(part, PasswordRules) and part.kind == "login.defs":
        method = (known(part.value("ENCRYPT_METHOD")) or "").upper()
        if method in {"DES", "MD5"}:
            yield fail(f"ENCRYPT_METHOD stores passwords under {method}", at=part.where("ENCRYPT_METHOD"))
    elif isinstance(part, PamService):
        strong = ("sha256", "sha512", "blowfish", "gost_yescrypt", "yescrypt")
        for line in part.lines("password", "pam_unix"):
            weak = [word for word in ("md5", "bigcrypt") if line.argument(word) is not None]
            if weak and all(line.argument(word) is None for word in strong):
                yield fail(f"pam_unix stores passwords under {weak[0]}", at=line.at, key=weak[0], expected="yescrypt")
