"""A JSON Web Token in a file is signed with a secret of this repository.

## Why it matters
The token is real: it was made with the key that the repository holds. Whoever reads both files has a token that works and
the key to make any other.

## Bad
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI  # <-
```
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```

## Good: the key is another one
```text http/session.http
Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI3ZjljMWE1Mi02ZDBlLTRiNDMtOGY1ZS0yZjRhOGIxZDdjMzYiLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMzYwMH0.qSsegGXZUGpWjIhm1RKf8DXBnlAu0roQ3d50zuZDfBI
```
```text .env
JWT_SECRET=ow55-Garnet-72-mill-Yt8-cedar-30
```

## Fix
Remove the token, change the key, and keep both out of the repository.

## References
- RFC 7518, section 3.2; RFC 8725, section 3.5
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Location, Related, WebToken, check, fail

from ._tokens import weighed


@check(
    "jwt-signed-by-repository-secret",
    severity=HIGH,
    control=Control.PLAINTEXT_SECRET,
    also=(Control.AUTHENTICATION,),
    cwe=540,
)
def jwt_signed_by_repository_secret(token: WebToken) -> Iterator[Diagnostic]:
    if token.signed_by is not None:
        key, path, line = token.signed_by
        yield fail(
            f"The token is signed by the value of {key} at {path}:{line}",
            severity=weighed(token, HIGH),
            related=(Related(Location(path, line), f"{key} signs the token"),),
            expected="neither token nor key in the repository",
        )
