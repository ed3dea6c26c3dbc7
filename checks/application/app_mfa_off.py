"""An application does not ask for a second factor.

## Why it matters
Passwords are phished, guessed and reused. Without a second factor one stolen password opens patients' records to whoever
holds it, from anywhere.

## Bad
```text .env
MFA_ENABLED=false  # <-
```

## Bad: left to the user
```text .env
MFA_REQUIRED=optional  # <-
```

## Good
```text .env
MFA_REQUIRED=true
```

## Fix
Require a second factor:
```text
MFA_REQUIRED=true
```

## References
- NIST SP 800-63B-4, Authentication assurance levels
- 45 CFR 164.312(d), Person or entity authentication
"""

from collections.abc import Iterator

from auditor.api import HIGH, ApplicationSettings, Control, Diagnostic, check, fail

_FACTORS = ("2FA", "MFA", "MULTI_FACTOR", "MULTI_FACTOR_AUTH", "TOTP", "TWO_FACTOR", "TWO_FACTOR_AUTH", "TWOFA")
_NAMES = tuple(
    pattern
    for factor in _FACTORS
    for pattern in (
        f"*{factor}_ENABLED",
        f"*{factor}_REQUIRED",
        f"*{factor}_ENFORCED",
        f"*ENABLE_{factor}",
        f"*REQUIRE_{factor}",
        f"*ENFORCE_{factor}",
    )
)


@check("app-mfa-off", severity=HIGH, control=Control.PASSWORD_POLICY, also=(Control.AUTHENTICATION,), cwe=308)
def app_mfa_off(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named(*_NAMES):
        if entry.is_false or entry.value.lower() in {"optional", "never"}:
            yield fail(
                f"{entry.name} makes a password alone enough to sign in",
                at=entry.at,
                severity=settings.scale(HIGH),
                key=entry.name,
                expected="a second factor required",
            )
