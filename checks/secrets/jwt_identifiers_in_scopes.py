"""The scopes of a JSON Web Token name accounts or patients.

## Why it matters
A scope should say what may be done, not to whom. Identifiers in it are readable by everybody who sees the token or a log of
it, and turn an access list into a list of people.

## Bad
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMCwic2NvcGUiOiJyZWFkIGFjY291bnRzOjEyMzQ1LDQzNzg5LDkwODc1In0.V4uplzjLVwFIpAqfDaj8IT6SUTAoHebkuXJ0imDMhRQ  # <-
```

## Good: scopes of SMART on FHIR
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMCwic2NvcGUiOiJwYXRpZW50L09ic2VydmF0aW9uLnJlYWQgbGF1bmNoL3BhdGllbnQgb3BlbmlkIGZoaXJVc2VyIn0.cvi55HdYSXZzeUM9yMa7MPX2Z6DBdlZMSLQ0tC_Lsuw
```

## Fix
Say what is allowed in the scope, and look up on the server which records belong to the subject.
```json
{"sub": "7f9c1a52-6d0e-4b43-8f5e-2f4a8b1d7c36", "scope": "accounts:read"}
```

## References
- RFC 6749, section 3.3 (scope); RFC 7519, section 12
- 45 CFR 164.514(b)(2)(i) (account and record numbers)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, WebToken, check, fail

from ._tokens import weighed


@check("jwt-identifiers-in-scopes", severity=HIGH, control=Control.PHI_EXPOSURE, also=(Control.AUTHORIZATION,), cwe=359)
def jwt_identifiers_in_scopes(token: WebToken) -> Iterator[Diagnostic]:
    if token.scopes:
        yield fail(
            f"Identifiers of {' and '.join(token.scopes)} stand in the token's scopes",
            severity=weighed(token, HIGH),
            expected="scopes that say what is allowed, without identifiers",
        )
