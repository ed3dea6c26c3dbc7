"""An API does not say who may call it.

## Why it matters
Gateways, code generators and tests take authentication from the document. What is not written there is not enforced by
any of them, and nobody sees that it is missing.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths: # <-
  /patients:
    get:
      responses: {"200": {description: all of them}}
```

## Bad: one operation without
```json swagger.json
{
  "swagger": "2.0",
  "info": {"title": "Records", "version": "1"},
  "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
  "paths": {
    "/patients": {
      "get": {"security": [{"key": []}], "responses": {}},
      "post": {"responses": {}} // <-
    }
  }
}
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - login: []
paths:
  /patients:
    get:
      responses: {"200": {description: all of them}}
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## Good: the one that has none tells whether the server runs
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /health:
    get:
      responses: {"200": {description: it runs}}
  /patients:
    get:
      security:
        - login: []
      responses: {"200": {description: all of them}}
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## Fix
```yaml
security:
  - login: []
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## References
- OpenAPI Specification 3.1.1, "OpenAPI Object" and "Operation Object", security
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail
from auditor.technologies.openapi import ApiDocument

from ._common import is_meant_to_be_open, listed


@check("openapi-no-security", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def openapi_no_security(api: ApiDocument) -> Iterator[Diagnostic]:
    silent = [each for each in api.operations if each.security is None and not is_meant_to_be_open(each)]
    if silent:
        share = (
            "No operation says"
            if len(silent) == len(api.operations)
            else f"{len(silent)} of {len(api.operations)} operations do not say"
        )
        yield fail(
            f"{share} who may call it: {listed(silent)}",
            at=api.paths_at if len(silent) == len(api.operations) else silent[0].at,
            confidence=Confidence.MEDIUM,  # a server may ask for more than its document says
            expected="security for the whole document",
        )
