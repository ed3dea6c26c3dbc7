"""An API takes its key in the address.

## Why it matters
Addresses stand in the logs of servers and proxies, in histories of browsers, and in the Referer of the next request: the
key stands there as well.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - key: []
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    key: # <-
      type: apiKey
      in: query
      name: api_key
```

## Bad: as one of several ways
```yaml swagger.yaml
swagger: "2.0"
info: {title: Records, version: "1"}
securityDefinitions:
  header: {type: apiKey, in: header, name: X-Key}
  query: {type: apiKey, in: query, name: key} # <-
paths:
  /patients:
    get:
      security: [{header: []}, {query: []}]
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
security:
  - key: []
paths:
  /patients: {get: {}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    unused: {type: apiKey, in: query, name: key}
```

## Fix
```yaml
key: {type: apiKey, in: header, name: X-Key}
```

## References
- OpenAPI Specification 3.1.1, "Security Scheme Object"; CWE-598
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.openapi import ApiDocument


@check(
    "openapi-key-in-query",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHENTICATION,),
    cwe=598,
)
def openapi_key_in_query(api: ApiDocument) -> Iterator[Diagnostic]:
    for scheme in api.schemes_in_use():
        if scheme.type == "apiKey" and scheme.sent_in == "query":
            yield fail(
                f"The key of {scheme.name} is a part of the address",
                at=scheme.at,
                key=scheme.name,
                expected="in: header",
            )
