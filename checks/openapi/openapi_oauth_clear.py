"""Log-ins and tokens go over http.

## Why it matters
Whoever is on the path reads the code or the token and calls the API in the user's name.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths: {}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.clinic.example/authorize
          tokenUrl: http://login.clinic.example/token # <-
          scopes: {}
```

## Bad: OpenID Connect
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths: {}
components:
  securitySchemes:
    login:
      type: openIdConnect
      openIdConnectUrl: http://login.clinic.example/.well-known/openid-configuration # <-
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths: {}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.clinic.example/authorize
          tokenUrl: /token
          scopes: {}
    test:
      type: openIdConnect
      openIdConnectUrl: http://localhost:8080/.well-known/openid-configuration
```

## Fix
```yaml
tokenUrl: https://login.clinic.example/token
```

## References
- OpenAPI Specification 3.1.1, "OAuth Flow Object" (addresses must use TLS); RFC 6749, 3.1 and 3.2
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.openapi import ApiDocument

from ._common import clear_host


@check(
    "openapi-oauth-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.SESSION_MANAGEMENT,),
    cwe=319,
)
def openapi_oauth_clear(api: ApiDocument) -> Iterator[Diagnostic]:
    for scheme in api.schemes.values():
        for name, url, at in scheme.addresses:
            host = clear_host(url)
            if host is not None:
                yield fail(
                    f"{name} of {scheme.name} sends to {host} without TLS",
                    at=at,
                    key=f"{scheme.name}/{name}",
                    expected="https",
                )
