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
- itsdangerous 2, "The Salt" (a salt keeps purposes apart under one key, but not a leak of it)
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Facts, FileRole, KeyUse, Related, Severity, check, fail

_TOKENS = frozenset({"jwt", "jwt-refresh", "password-reset"})


@check("secret-shared-in-code", severity=HIGH, control=Control.SHARED_SECRET, also=(Control.AUTHENTICATION,), cwe=323)
def secret_shared_in_code(uses: Facts[KeyUse]) -> Iterator[Diagnostic]:
    groups: dict[tuple[str, str], list[KeyUse]] = defaultdict(list)
    for use in uses:
        if use.role is FileRole.LIVE:
            groups[use.unit, use.symbol].append(use)
    for (_, symbol), group in sorted(groups.items()):
        mechanisms = sorted({use.mechanism for use in group})
        if len(mechanisms) < 2:
            continue
        first, *others = sorted(group, key=lambda use: use.at)
        yield fail(
            f"{symbol} is the key for {', '.join(mechanisms[:-1])} and {mechanisms[-1]}: {_sites(group)}",
            at=first.at,
            severity=_severity(group),
            related=tuple(Related(use.at, _site(use)) for use in others),
            key=symbol,
            expected="a key of its own for every mechanism",
        )


def _severity(group: Sequence[KeyUse]) -> Severity:
    raw = {use.mechanism for use in group if not use.is_separated and not use.is_fallback}
    return MEDIUM if len(raw) < 2 or {use.mechanism for use in group} <= _TOKENS else HIGH


def _sites(group: Sequence[KeyUse]) -> str:
    named = list(dict.fromkeys(use.function for use in group if use.function))
    if len(named) < 2:
        return "; ".join(dict.fromkeys(_site(use) for use in group))
    return f"{named[1]} uses the key that {named[0]} uses" + (f" (also {', '.join(named[2:6])})" if named[2:] else "")


def _site(use: KeyUse) -> str:
    how = " with a salt or derived" if use.is_separated else " as a fallback" if use.is_fallback else ""
    return f"{use.mechanism} in {use.function or use.sink}{how}"
