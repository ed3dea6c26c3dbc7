"""A JSON Web Token is valid for more than 30 days.

## Why it matters
A token cannot be taken back before its end unless the server keeps a list. The longer it lives, the longer a stolen one works.

## Bad: a year
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc5MTUzNjAwMH0.6b5NHmJ28BxFlCM27rOI9VOBQyZ7NRq3YYtiaotI9fM  # <-
```

## Good
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI
```

## Fix
Let access tokens live for minutes and refresh tokens for days, and keep the means to revoke the latter.
```python
{"iat": now, "exp": now + timedelta(minutes=15)}
```

## References
- RFC 7519, sections 4.1.4 and 4.1.6; RFC 8725
- 45 CFR 164.312(a)(2)(iii) (automatic logoff)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, WebToken, check, fail

from ._tokens import weighed


@check("jwt-long-lived", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def jwt_long_lived(token: WebToken) -> Iterator[Diagnostic]:
    if token.expires is None or token.issued is None:
        return
    days = (token.expires - token.issued) // 86_400
    if days > 30:
        yield fail(
            f"The token is valid for {days} days",
            severity=weighed(token, MEDIUM),
            expected="minutes for access, days for refresh",
        )
