"""An application accepts passwords of fewer than twelve characters.

## Why it matters
Short passwords are guessed from a stolen table of hashes within hours, and online by trying the common ones. Length is
what counts most.

## Bad
```text .env
PASSWORD_MIN_LENGTH=8  # <-
```

## Good
```text .env
PASSWORD_MIN_LENGTH=12
```

## Good: a longest length is another setting
```text .env
PASSWORD_MAX_LENGTH=8
```

## Fix
Require at least twelve characters:
```text
PASSWORD_MIN_LENGTH=12
```

## References
- NIST SP 800-63B-4, section 3.1.1 (passwords)
- OWASP Authentication Cheat Sheet, Implement Proper Password Strength Controls
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_NAMES = (
    "*MINIMUM_PASSWORD_LENGTH",
    "*MIN_PASSWORD_LENGTH",
    "*PASSWORD_LENGTH_MIN",
    "*PASSWORD_MINIMUM_LENGTH",
    "*PASSWORD_MIN_LENGTH",
    "*PASSWORD_MIN_LEN",
)


@check("app-password-length", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def app_password_length(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named(*_NAMES):
        if entry.number is not None and entry.number < 12:
            yield fail(
                f"{entry.name} accepts passwords of {entry.number} characters",
                at=entry.at,
                severity=settings.scale(MEDIUM),
                key=entry.name,
                expected="12 or more",
            )
