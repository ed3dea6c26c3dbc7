"""An API is offered without TLS.

## Why it matters
Programs that are made from the document send tokens and records to the address it names, readable for everybody on the
path.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
servers:
  - url: http://api.clinic.example/v1 # <-
paths: {}
```

## Bad: in the words of OpenAPI 2.0
```yaml swagger.yaml
swagger: "2.0"
info: {title: Records, version: "1"}
host: api.clinic.example
schemes:
  - https
  - http # <-
paths: {}
```

## Bad: by a variable's default
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
servers:
  - url: "{scheme}://api.clinic.example" # <-
    variables:
      scheme: {default: http, enum: [http, https]}
paths: {}
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
servers:
  - url: https://api.clinic.example/v1
  - url: http://localhost:8080
  - url: /v1
paths: {}
```

## Good: this computer
```yaml swagger.yaml
swagger: "2.0"
info: {title: Records, version: "1"}
host: localhost:8080
schemes: [http]
paths: {}
```

## Fix
```yaml
servers:
  - url: https://api.clinic.example/v1
```

## References
- OpenAPI Specification 3.1.1, "Server Object"; 2.0, "Swagger Object", schemes
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.openapi import ApiDocument

from ._common import clear_host


@check("openapi-clear-server", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def openapi_clear_server(api: ApiDocument) -> Iterator[Diagnostic]:
    for server in api.servers:
        host = clear_host(server.url)
        if host is not None:
            yield fail(
                f"The API is called at {host} without TLS",
                at=server.at,
                severity=HIGH if "." in host else MEDIUM,  # a name without a dot is one of a container network
                key=host,
                expected="https",
            )
