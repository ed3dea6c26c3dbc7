"""A JSON Web Token never expires.

## Why it matters
Whoever comes by it, from a log, a browser's history or this file, can use it until the signing key is changed.

## Bad
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDB9.I_l8sW6ikTR2tmZSwoZ32XE5hcEifkYs_wW3Porwsb4  # <-
```

## Good
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI
```

## Good: an encrypted token shows nothing
```text http/session.http
Authorization: Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.QUFBQUFBQUFBQUFBQUFBQQ.QUFBQUFBQUFBQUFBQUFBQQ
```

## Fix
Give every token an end: minutes for access, with a refresh token that can be revoked.
```python
jwt.encode({"sub": user.public_id, "exp": now + timedelta(minutes=15)}, key, algorithm="ES256")
```

## References
- RFC 7519, section 4.1.4 (exp); RFC 8725
- 45 CFR 164.312(a)(2)(iii) (automatic logoff)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, WebToken, check, fail

from ._tokens import weighed


@check("jwt-without-expiry", severity=HIGH, control=Control.SESSION_MANAGEMENT, cwe=613)
def jwt_without_expiry(token: WebToken) -> Iterator[Diagnostic]:
    if token.is_encrypted:
        return
    if token.expires is None:
        yield fail(
            "The token has no `exp` claim and is good for ever",
            severity=weighed(token, HIGH),
            expected="an `exp` claim minutes after `iat`",
        )
