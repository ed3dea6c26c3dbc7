"""Any token of the issuer opens an operation.

## Why it matters
Without a scope a token made for the appointment reminder reads and changes records as well.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - login: [] # <-
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
```

## Bad: OpenID Connect, at an operation
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /patients:
    get:
      security:
        - login: [] # <-
components:
  securitySchemes:
    login: {type: openIdConnect, openIdConnectUrl: https://login.clinic.example/.well-known/openid-configuration}
```

## Good: other schemes have no scopes
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - login: [records]
  - key: []
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.clinic.example/authorize
          tokenUrl: https://login.clinic.example/token
          scopes: {records: read records}
```

## Fix
```yaml
security:
  - login: [records]
```

## References
- OpenAPI Specification 3.1.1, "Security Requirement Object"; RFC 6749, 3.3
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.openapi import ApiDocument

from ._common import is_meant_to_be_open, listed

_SCOPED = frozenset({"oauth2", "openIdConnect"})


@check("openapi-no-scopes", severity=LOW, control=Control.AUTHORIZATION, cwe=863)
def openapi_no_scopes(api: ApiDocument) -> Iterator[Diagnostic]:
    scoped = {name for name, scheme in api.schemes.items() if scheme.type in _SCOPED}
    found = [
        (way.at, operation)
        for operation in api.operations
        for way in operation.security or ()
        if any(name in scoped and not scopes for name, scopes in way.schemes.items())
        and not is_meant_to_be_open(operation)
    ]
    if found:
        operations = {operation.label: operation for _, operation in found}.values()
        yield fail(
            f"Any token of the issuer opens {listed(operations)}", at=found[0][0], expected="the scopes that are needed"
        )
