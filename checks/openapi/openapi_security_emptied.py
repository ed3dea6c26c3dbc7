"""Operations take back the security of the rest of the API.

## Why it matters
An empty `security` list, or an empty item in it, lets everybody call the operation, though the document as a whole asks
for a log-in. It is easily left behind from a test.

## Bad
```yaml openapi.yaml
openapi: 3.1.0
info: {title: Records, version: "1"}
security:
  - login: []
paths:
  /patients:
    get:
      security: [] # <-
  /visits:
    get: {}
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## Bad: an item that asks for nothing
```yaml openapi.yaml
openapi: 3.1.0
info: {title: Records, version: "1"}
security:
  - login: []
paths:
  /patients:
    get:
      security: # <-
        - login: []
        - {}
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## Good: the log-in itself
```yaml openapi.yaml
openapi: 3.1.0
info: {title: Records, version: "1"}
security:
  - login: []
paths:
  /auth/login:
    post:
      security: []
  /patients:
    get:
      security:
        - login: [patients]
components:
  securitySchemes:
    login: {type: http, scheme: bearer}
```

## Fix
Remove the empty list, or name a scheme:
```yaml
security:
  - login: []
```

## References
- OpenAPI Specification 3.1.1, "Security Requirement Object"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail
from auditor.technologies.openapi import ApiDocument

from ._common import is_meant_to_be_open, listed


@check("openapi-security-emptied", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=306)
def openapi_security_emptied(api: ApiDocument) -> Iterator[Diagnostic]:
    open_ = [each for each in api.operations if each.lets_everybody_in and not is_meant_to_be_open(each)]
    if open_:
        places = [each.own_security or each.at for each in open_]
        yield fail(
            f"Everybody may call {listed(open_)}",
            at=places[0],
            related=tuple(Related(at, each.label) for at, each in zip(places[1:], open_[1:], strict=True)),
            expected="a security scheme in every item",
        )
