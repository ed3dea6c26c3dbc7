"""An API asks for nothing but a password with every request.

## Why it matters
HTTP Basic sends the password itself each time, has no second factor and no end of a session; who sees one request can log
in until the password is changed.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - password: [] # <-
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    password: {type: http, scheme: basic}
```

## Bad: in the words of OpenAPI 2.0
```yaml swagger.yaml
swagger: "2.0"
info: {title: Records, version: "1"}
securityDefinitions:
  password: {type: basic}
paths:
  /patients:
    get:
      security:
        - password: [] # <-
```

## Good: with a second scheme at once
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - password: []
    certificate: []
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    password: {type: http, scheme: Basic}
    certificate: {type: mutualTLS}
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - login: []
paths:
  /patients: {get: {}}
  /token:
    post:
      security: [{password: []}]
components:
  securitySchemes:
    password: {type: http, scheme: basic}
    login: {type: http, scheme: bearer}
```

## Fix
```yaml
login: {type: openIdConnect, openIdConnectUrl: https://login.clinic.example/.well-known/openid-configuration}
```

## References
- RFC 7617, 4 (security considerations of Basic); OpenAPI Specification 3.1.1, "Security Scheme Object"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Location, check, fail
from auditor.technologies.openapi import ApiDocument, Operation, Requirement

from ._common import is_meant_to_be_open, listed


@check("openapi-basic-only", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=308)
def openapi_basic_only(api: ApiDocument) -> Iterator[Diagnostic]:
    asked: dict[Location, list[Operation]] = {}
    for operation in api.operations:
        ways = operation.security or ()
        if ways and all(_is_basic(api, way) for way in ways) and not is_meant_to_be_open(operation):
            asked.setdefault(ways[0].at, []).append(operation)
    if asked:
        first, *_ = asked
        operations = [operation for found in asked.values() for operation in found]
        yield fail(f"A password with every request is all that is asked for: {listed(operations)}", at=first)


def _is_basic(api: ApiDocument, way: Requirement) -> bool:
    schemes = [api.schemes.get(name) for name in way.schemes]
    return bool(schemes) and all(scheme is not None and scheme.is_basic for scheme in schemes)
