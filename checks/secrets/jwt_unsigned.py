"""A JSON Web Token carries no signature.

## Why it matters
Anybody can write such a token. A server that takes it believes whatever it says: who the user is and what he may do.

## Bad
```text http/session.http
Authorization: Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.  # <-
```

## Good
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI
```

## Fix
Sign tokens, and let the server name the algorithms it takes instead of reading them from the token.
```python
jwt.decode(token, key, algorithms=["ES256"])
```

## References
- RFC 7519, section 6 (unsecured JWTs); RFC 8725, sections 2.1 and 3.1
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, WebToken, check, fail

from ._tokens import weighed


@check("jwt-unsigned", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=347)
def jwt_unsigned(token: WebToken) -> Iterator[Diagnostic]:
    if not token.is_signed or token.algorithm.lower() == "none":
        yield fail(
            "The token has no signature, so that anybody could have written it",
            severity=weighed(token, CRITICAL),
            expected="a signature (ES256, RS256, HS256)",
        )
