"""A JSON Web Token holds personal data in plain sight.

## Why it matters
The claims of a signed token are only encoded, not encrypted: every proxy, log and browser that sees the token can read
them. An e-mail address or a record number is personal data, and beside a clinic's name it is health information.

## Bad
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMCwiZW1haWwiOiJwYXRpZW50QGNsaW5pYy5leGFtcGxlIiwicGF0aWVudCI6eyJtcm4iOiIwMDQxNyJ9fQ.I_8A65wkN2Sp60sHGlofgKfj4pYuR4UJriDLFqkHgME  # <-
```

## Good: an opaque subject
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI
```

## Good: an encrypted token
```text http/session.http
Authorization: Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.QUFBQUFBQUFBQUFBQUFBQQ.QUFBQUFBQUFBQUFBQUFBQQ
```

## Fix
Put a random UUID in the token and look the person up on the server. Where a claim must travel, keep it to the least, and
as the last resort encrypt the token (JWE).
```python
jwt.encode({"sub": str(user.public_id), "exp": soon}, key, algorithm="ES256")
```

## References
- RFC 7519, section 12 (privacy); OpenID Connect Core 1.0, section 5.4
- 45 CFR 164.514(b)(2)(i) (identifiers), 164.312(e)(1)
"""

from collections.abc import Iterator

from auditor.api import HIGH, INFO, LOW, Control, Diagnostic, WebToken, check, fail

from ._tokens import weighed


@check("jwt-personal-data", severity=HIGH, control=Control.PHI_EXPOSURE, cwe=359)
def jwt_personal_data(token: WebToken) -> Iterator[Diagnostic]:
    if not token.personal:
        return
    held = ", ".join(f"{what} (`{claim}`)" for claim, what in token.personal[:4])
    severity = LOW if token.is_only_profile else weighed(token, HIGH)
    if token.is_documentation and len(token.personal) == 1:
        severity = INFO  # the name of nobody
    yield fail(
        f"Whoever sees the token reads {held}",
        severity=severity,
        expected="an opaque identifier that only the server can resolve",
    )
