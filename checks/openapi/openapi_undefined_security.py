"""An API asks for a security scheme or a scope that there is not.

## Why it matters
A misspelt name is nothing that a tool could enforce: most pass over it, and the operation stands open in what they make
of the document.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - logn: [] # <-
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## Bad: a scope that no flow has
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /patients:
    get:
      security:
        - login: [record] # <-
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

## Good
```yaml openapi.yaml
openapi: 3.1.0
info: {title: Records, version: "1"}
security:
  - login: [records]
  - staff: [any-role]
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    staff: {type: http, scheme: bearer}
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.clinic.example/authorize
          tokenUrl: https://login.clinic.example/token
          scopes: {records: read records}
```

## Fix
Use the name under which the scheme is declared:
```yaml
security:
  - login: [records]
```

## References
- OpenAPI Specification 3.1.1, "Security Requirement Object"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.openapi import ApiDocument, Scheme


@check(
    "openapi-undefined-security",
    severity=MEDIUM,
    control=Control.AUTHENTICATION,
    also=(Control.CONFIGURATION_HYGIENE,),
    cwe=1188,
)
def openapi_undefined_security(api: ApiDocument) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for requirement in api.requirements:
        for name, scopes in requirement.schemes.items():
            scheme = api.schemes.get(name)
            problem = _problem(name, scopes, scheme)
            if scheme is None and api.schemes_open:
                yield not_evaluated("security schemes are declared in another file")
            elif problem is not None and problem not in seen:
                seen.add(problem)
                yield fail(problem, at=requirement.at, key=problem)


def _problem(name: str, scopes: tuple[str, ...], scheme: Scheme | None) -> str | None:
    if scheme is None:
        # OpenAPI 3.2 takes the address of a scheme as well.
        return None if "#" in name or "/" in name else f"The security scheme {name} is not declared"
    declared = {scope for flow in scheme.flows for scope in flow.scopes}
    missing = [scope for scope in scopes if scope not in declared] if scheme.type == "oauth2" and declared else []
    return f"{name} has no scope {', '.join(missing[:3])}" if missing else None
