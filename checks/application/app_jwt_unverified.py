"""An application accepts tokens whose signature it does not verify.

## Why it matters
A token without a verified signature is a claim that anybody can write: "I am the administrator". The algorithm `none` and
a switched-off verification both come to that (some libraries refuse `none` whatever the setting says).

## Bad
```text .env
JWT_ALGORITHM=none  # <-
```

## Bad: verification off
```text .env
JWT_VERIFY_SIGNATURE=false  # <-
```

## Good
```text .env
JWT_ALGORITHM=RS256
JWT_VERIFY_SIGNATURE=true
```

## Fix
Verify the signature of every token with one fixed algorithm:
```text
JWT_ALGORITHM=RS256
```

## References
- RFC 8725, JSON Web Token Best Current Practices, section 3.1 and 3.2
- PyJWT 2.10, decode options: https://pyjwt.readthedocs.io/en/stable/api.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, ApplicationSettings, Control, Diagnostic, check, fail

_ALGORITHMS = ("*JWT_ALG", "*JWT_ALGORITHM", "*JWT_ALGORITHMS", "*JWT_SIGNING_ALGORITHM", "*TOKEN_ALGORITHM")
_VERIFY = (
    "*JWT_VERIFY",
    "*JWT_VERIFY_SIGNATURE",
    "*VERIFY_JWT",
    "*VERIFY_JWT_SIGNATURE",
    "*JWT_SIGNATURE_VERIFICATION",
)
_SKIP = ("*JWT_SKIP_VERIFICATION", "*SKIP_JWT_VERIFICATION", "*JWT_DISABLE_VERIFICATION")


@check("app-jwt-unverified", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=347)
def app_jwt_unverified(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named(*_ALGORITHMS):
        if any(item.lower() == "none" for item in entry.items):
            message = f"{entry.name} is none, so that tokens without a signature are accepted"
            yield fail(message, at=entry.at, severity=settings.scale(HIGH), key=entry.name, expected="RS256 or EdDSA")
    off = [entry for entry in settings.named(*_VERIFY) if entry.is_false]
    off += [entry for entry in settings.named(*_SKIP) if entry.is_true]
    for entry in off:
        message = f"{entry.name} switches the verification of tokens off"
        yield fail(message, at=entry.at, severity=settings.scale(CRITICAL), key=entry.name, expected="verification on")
