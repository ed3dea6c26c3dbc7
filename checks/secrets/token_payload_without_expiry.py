"""Code signs JSON Web Tokens that never expire.

## Why it matters
Whoever comes by such a token can use it until the signing key is changed. Nobody changes the key because one laptop was
lost, so the token stays good.

## Bad
```python app/security.py
import jwt
from app.config import settings

def make_token(user):
    return jwt.encode({"sub": user.public_id}, settings.JWT_SECRET, algorithm="HS256")  # <-
```

## Bad: TypeScript, with options that say nothing of it
```ts src/auth.ts
import jwt from 'jsonwebtoken';

export const makeToken = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, { algorithm: 'HS256' }); // <-
```

## Good: TypeScript
```ts src/auth.ts
import { SignJWT } from 'jose';

const key = new TextEncoder().encode(process.env.JWT_SECRET);

export const makeToken = (id: string) =>
  new SignJWT({ sub: id }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('15m').sign(key);
```

## Good
```python app/security.py
from datetime import UTC, datetime, timedelta
import jwt
from app.config import settings

def make_token(user):
    claims = {"sub": user.public_id}
    claims.update({"exp": datetime.now(UTC) + timedelta(minutes=15)})
    return jwt.encode(claims, settings.JWT_SECRET, algorithm="HS256")
```

## Fix
Give every token an end: minutes for access, with a refresh token that can be revoked.
```python
jwt.encode({"sub": user.public_id, "exp": now + timedelta(minutes=15)}, settings.JWT_SECRET, algorithm="HS256")
```

## References
- RFC 7519, section 4.1.4 (exp); RFC 8725
- 45 CFR 164.312(a)(2)(iii) (automatic logoff)
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, FileRole, TokenPayload, check, fail, not_evaluated


@check("token-payload-without-expiry", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def token_payload_without_expiry(payload: TokenPayload) -> Iterator[Diagnostic]:
    if payload.has_expiry is None:
        yield not_evaluated("the code does not tell all claims and options")
    elif not payload.has_expiry:
        yield fail(
            f"The tokens that {payload.function or 'this module'} signs have no `exp` claim and are good for ever",
            severity=MEDIUM if payload.role is FileRole.LIVE else LOW,
            key=payload.function,
            expected="an `exp` claim",
        )
