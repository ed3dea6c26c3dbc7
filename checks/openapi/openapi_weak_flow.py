"""Tokens are given out in a way that leaks them or the password.

## Why it matters
The implicit flow puts the token into the browser's address, from where it reaches histories and logs. The password flow
hands the password to the program and leaves no room for a second factor. OAuth 2.1 has dropped both.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - login: [records]
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        implicit: # <-
          authorizationUrl: https://login.clinic.example/authorize
          scopes: {records: read records}
```

## Bad: in the words of OpenAPI 2.0
```yaml swagger.yaml
swagger: "2.0"
info: {title: Records, version: "1"}
securityDefinitions:
  login:
    type: oauth2
    flow: password # <-
    tokenUrl: https://login.clinic.example/token
    scopes: {records: read records}
paths:
  /patients:
    get:
      security: [{login: [records]}]
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - login: [records]
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.clinic.example/authorize
          tokenUrl: https://login.clinic.example/token
          scopes: {records: read records}
    unused:
      type: oauth2
      flows:
        implicit:
          authorizationUrl: https://login.clinic.example/authorize
          scopes: {}
```

## Fix
Use `authorizationCode` with PKCE:
```yaml
flows:
  authorizationCode:
    authorizationUrl: https://login.clinic.example/authorize
    tokenUrl: https://login.clinic.example/token
```

## References
- RFC 9700, 2.1.2 and 2.4; OpenAPI Specification 3.1.1, "OAuth Flows Object"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.openapi import ApiDocument

_WHY = {
    "implicit": "puts tokens into the browser's address",
    "password": "hands the user's password to the program",
}


@check(
    "openapi-weak-flow", severity=MEDIUM, control=Control.AUTHENTICATION, also=(Control.SESSION_MANAGEMENT,), cwe=522
)
def openapi_weak_flow(api: ApiDocument) -> Iterator[Diagnostic]:
    for scheme in api.schemes_in_use():
        for flow in scheme.flows:
            if flow.kind in _WHY:
                yield fail(
                    f"The {flow.kind} flow of {scheme.name} {_WHY[flow.kind]}",
                    at=flow.at,
                    key=f"{scheme.name}/{flow.kind}",
                    expected="authorizationCode",
                )
