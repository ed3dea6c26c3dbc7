"""Code puts personal data in the claims of JSON Web Tokens.

## Why it matters
The claims of a signed token are only encoded: every browser, proxy and log that sees the token can read them. With a
clinic's name beside it, an e-mail address or a record number is health information.

## Bad
```python app/security.py
import jwt
from app.config import settings

def make_token(user):
    return jwt.encode({"sub": user.public_id, "email": user.email, "exp": user.until}, settings.JWT_SECRET)  # <-
```

## Bad: claims added one by one
```python app/security.py
import jwt
from app.config import settings

def make_token(patient):
    claims = {"sub": patient.public_id, "exp": patient.until}
    claims["mrn"] = patient.mrn
    return jwt.encode(claims, settings.JWT_SECRET)  # <-
```

## Bad: TypeScript
```ts src/auth.ts
import jwt from 'jsonwebtoken';

export function makeToken(patient: Patient) {
  return jwt.sign({ sub: patient.publicId, birthDate: patient.birthDate }, process.env.JWT_SECRET!, { expiresIn: 300 }); // <-
}
```

## Good
```python app/security.py
import jwt
from app.config import settings

def make_token(user):
    return jwt.encode({"sub": str(user.public_id), "role": user.role, "exp": user.until}, settings.JWT_SECRET)
```

## Fix
Put a random UUID in `sub` and look the person up on the server; as the last resort encrypt the token (JWE).
```python
jwt.encode({"sub": str(user.public_id), "exp": soon}, settings.JWT_SECRET, algorithm="HS256")
```

## References
- RFC 7519, section 12 (privacy considerations)
- 45 CFR 164.514(b)(2)(i) (identifiers), 164.312(e)(1)
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, FileRole, TokenPayload, check, fail


@check("token-payload-personal-data", severity=HIGH, control=Control.PHI_EXPOSURE, cwe=359)
def token_payload_personal_data(payload: TokenPayload) -> Iterator[Diagnostic]:
    if payload.personal:
        held = ", ".join(f"{what} (`{claim}`)" for claim, what in payload.personal[:4])
        yield fail(
            f"The tokens that {payload.function or 'this module'} signs show {held} to whoever sees them",
            severity=HIGH if payload.role is FileRole.LIVE else LOW,
            key=payload.function,
            expected="an opaque identifier that only the server can resolve",
        )
