"""Addresses of an API carry passwords or tokens.

## Why it matters
Addresses stand in the access logs of every server and proxy on the way and in histories of browsers; who reads a log can
log in.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /login:
    get:
      parameters:
        - {name: username, in: query, schema: {type: string}}
        - {name: password, in: query, schema: {type: string}} # <-
```

## Bad: a token
```yaml swagger.yaml
swagger: "2.0"
info: {title: Records, version: "1"}
paths:
  /patients:
    parameters:
      - {name: access_token, in: query, type: string} # <-
    get: {}
    post: {}
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /login:
    post:
      parameters:
        - {name: pageToken, in: query, schema: {type: string}}
        - {name: resetPassword, in: query, schema: {type: boolean}}
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {password: {type: string}}}
```

## Fix
Send the password in the body of a POST, and a token in the header `Authorization`.
```yaml
login: {type: http, scheme: bearer}
```

## References
- CWE-598, Use of GET Request Method With Sensitive Query Strings; RFC 6750, 5.3 (tokens in addresses)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, key_words
from auditor.technologies.openapi import ApiDocument, Operation, Parameter

from ._common import listed

_SECRETS = frozenset(
    tuple(name.split("_"))
    for name in (
        "password passwd pwd passphrase new_password old_password current_password user_password access_token auth_token "
        "refresh_token id_token bearer_token api_token session_token api_key apikey secret_key client_secret secret "
        "private_key"
    ).split()
)


@check(
    "openapi-secret-in-url",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHENTICATION,),
    cwe=598,
)
def openapi_secret_in_url(api: ApiDocument) -> Iterator[Diagnostic]:
    found: dict[str, tuple[Parameter, list[Operation]]] = {}
    for operation in api.operations:
        for parameter in operation.parameters:
            is_sent = parameter.sent_in in {"query", "path"} and not parameter.is_flag
            if is_sent and key_words(parameter.name) in _SECRETS:
                found.setdefault(parameter.name, (parameter, []))[1].append(operation)
    for name, (parameter, operations) in found.items():
        yield fail(
            f"{name} stands in the address of {listed(operations)}",
            at=parameter.at,
            key=name,
            expected="the body of a POST, or the header Authorization",
        )
