"""Code uses one key for several mechanisms.

## Why it matters
A program that signs CSRF tokens with the key of its JSON Web Tokens breaks both when the key leaks once, and whoever can
make one kind can often make the other. In a clinical system that is enough to act in somebody else's name.

## Bad: CSRF tokens are signed with the key of the access tokens
```python app/security.py
import hmac
import jwt
from app.config import settings

def make_jwt(user):
    return jwt.encode({"sub": user.public_id, "exp": user.until}, settings.JWT_SECRET, algorithm="HS256")  # <-

def make_csrf(session_id):
    return hmac.new(settings.JWT_SECRET.encode(), session_id, "sha256").hexdigest()
```

## Bad: a fallback
```python app/security.py
import hmac
import os
import jwt

def make_jwt(user):
    return jwt.encode({"sub": user.public_id, "exp": user.until}, os.environ["JWT_SECRET"], algorithm="HS256")  # <-

def make_csrf(session_id):
    key = os.getenv("CSRF_SECRET") or os.environ["JWT_SECRET"]
    return hmac.new(key.encode(), session_id, "sha256").hexdigest()
```

## Bad: other settings take the key's value
```python app/settings.py
import os

JWT_SECRET = os.environ["JWT_SECRET"]  # <-
CSRF_SECRET = JWT_SECRET
SESSION_SECRET = JWT_SECRET
```

## Bad: TypeScript, with the key behind a constant of another module
```ts src/config.ts
export const jwtKey = process.env.JWT_SECRET!;
```
```ts src/tokens.service.ts
import { JwtService } from '@nestjs/jwt';
import { createHmac } from 'node:crypto';
import { jwtKey } from './config';

export class TokensService {
  constructor(private readonly jwtService: JwtService) {}

  access(user: { id: string }) {
    return this.jwtService.sign({ sub: user.id }, { secret: jwtKey, expiresIn: '15m' }); // <-
  }

  csrf(session: string) {
    return createHmac('sha256', jwtKey).update(session).digest('hex');
  }
}
```

## Bad: Django's own key signs the API's tokens, as Simple JWT does where nothing else is set
```python clinic/settings.py
import os

INSTALLED_APPS = ["rest_framework"]
SECRET_KEY = os.environ["SECRET_KEY"]  # <-
SIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": True}
```

## Good: Simple JWT with a key of its own
```python clinic/settings.py
import os

INSTALLED_APPS = ["rest_framework"]
SECRET_KEY = os.environ["SECRET_KEY"]
SIMPLE_JWT = {"SIGNING_KEY": os.environ["JWT_SIGNING_KEY"]}
```

## Good: objects that each have a `secret`
```ts src/hooks.ts
import { createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';

export const check = (hook: { secret: string }, body: string) => createHmac('sha256', hook.secret).update(body);
export const token = (user: { id: string; secret: string }) => jwt.sign({ sub: user.id }, user.secret);
export const ours = (id: string) => jwt.sign({ sub: id }, process.env.JWT_SECRET!, { expiresIn: '5m' });
```

## Good: a key of its own for each mechanism
```python app/security.py
import hmac
import jwt
from app.config import settings

def make_jwt(user):
    return jwt.encode({"sub": user.public_id, "exp": user.until}, settings.JWT_SECRET, algorithm="HS256")

def make_csrf(session_id):
    return hmac.new(settings.CSRF_SECRET.encode(), session_id, "sha256").hexdigest()
```

## Good: what signs and what verifies
```python app/security.py
import jwt
from app.config import settings

def make_token(user):
    return jwt.encode({"sub": user.public_id, "exp": user.until}, settings.JWT_SECRET, algorithm="HS256")

def read_token(token):
    return jwt.decode(token, settings.JWT_SECRET, algorithms=["HS256"])
```

## Fix
Give every mechanism a setting of its own, and refuse to start if two are equal or one is short.
```python
if settings.jwt_secret == settings.csrf_secret or len(settings.csrf_secret) < 32:
    raise SystemExit("JWT_SECRET and CSRF_SECRET must differ and have 32 characters or more")
```

## References
- NIST SP 800-57 Part 1 Rev. 5, section 5.2 (a key is used for one purpose only)
- djangorestframework-simplejwt 5, Settings (SIGNING_KEY: by default the SECRET_KEY, better one of its own)
- itsdangerous 2, "The Salt" (a salt keeps purposes apart under one key, but not a leak of it)
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Facts, FileRole, KeyUse, Related, Severity, check, fail

_TOKENS = frozenset({"jwt", "jwt-refresh", "password-reset"})
_BY_DESIGN = frozenset({"signing", "webhook"})
"""A provider's secret that signs requests and their callbacks is one mechanism."""
_WORDS = {
    "csrf": "CSRF tokens",
    "encryption": "encryption",
    "framework": "the framework's sessions and reset links",
    "jwt": "JSON Web Tokens",
    "jwt-refresh": "refresh tokens",
    "password-reset": "password-reset and confirmation links",
    "pepper": "password hashes",
    "session": "session cookies",
    "signing": "signatures",
    "webhook": "webhooks",
}


@check("secret-shared-in-code", severity=HIGH, control=Control.SHARED_SECRET, also=(Control.AUTHENTICATION,), cwe=323)
def secret_shared_in_code(uses: Facts[KeyUse]) -> Iterator[Diagnostic]:
    groups: dict[tuple[str, str], list[KeyUse]] = defaultdict(list)
    for use in uses:
        if use.role is FileRole.LIVE:
            groups[use.unit, use.symbol].append(use)
    for (_, symbol), group in sorted(groups.items()):
        mechanisms = {use.mechanism for use in group}
        if len(mechanisms) < 2 or mechanisms <= _BY_DESIGN:
            continue
        first, *others = sorted(group, key=lambda use: use.at)
        names = sorted(_WORDS.get(name, name) for name in mechanisms)
        yield fail(
            f"{symbol} is the key for {', '.join(names[:-1])} and {names[-1]}: {_sites(first, others)}",
            at=first.at,
            severity=_severity(group),
            related=tuple(Related(use.at, _site(use)) for use in others),
            key=symbol,
            expected="a key of its own for every mechanism",
        )


def _severity(group: Sequence[KeyUse]) -> Severity:
    mechanisms = {use.mechanism for use in group}
    raw = {use.mechanism for use in group if not use.is_separated and not use.is_fallback}
    return MEDIUM if len(raw - {"framework"}) < 2 or mechanisms <= _TOKENS else HIGH


def _sites(first: KeyUse, others: Sequence[KeyUse]) -> str:
    """Say of each mechanism where the key is used for it first."""
    by_mechanism = {use.mechanism: use for use in reversed([first, *others])}
    sites = [_site(use) for use in sorted(by_mechanism.values(), key=lambda use: use.at)]
    return "; ".join(sites)


def _site(use: KeyUse) -> str:
    how = " with a salt or derived" if use.is_separated else " as a fallback" if use.is_fallback else ""
    where = use.function or use.sink
    return f"{where} ({use.at.path}:{use.at.line}) uses it for {_WORDS.get(use.mechanism, use.mechanism)}{how}"
