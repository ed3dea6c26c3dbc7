"""A JSON Web Token is signed with a key that everybody knows.

## Why it matters
The key stands in documentation or a tutorial. Whoever tries such keys, as attackers do first, can make tokens for any user
that the server takes for its own.

## Bad
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.ImXkPsJYjXOu2II_RfffG1lUsJXBxYvbbK4ROYPygGc  # <-
```

## Good: a key of one's own
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI
```

## Fix
Make a random key of at least 32 bytes for HS256, or sign with ES256, and replace the published one everywhere.
```sh
openssl rand -base64 48
```

## References
- RFC 7518, section 3.2 (key size); RFC 8725, section 3.5
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, WebToken, check, fail

from ._tokens import weighed


@check("jwt-published-key", severity=CRITICAL, control=Control.WEAK_SECRET, also=(Control.AUTHENTICATION,), cwe=1391)
def jwt_published_key(token: WebToken) -> Iterator[Diagnostic]:
    if token.key_is_published:
        yield fail(
            "The signature verifies with a key from public documentation",
            severity=weighed(token, CRITICAL),
            expected="a random key of at least 32 bytes",
        )
