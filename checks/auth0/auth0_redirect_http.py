"""Auth0 sends codes and tokens of an application over plain HTTP.

## Why it matters
The code in the address is as good as a log-in. On the way to an `http` address anybody on the path reads it.

## Bad
```text main.tf
resource "auth0_client" "portal" {
  name = "portal"
  callbacks = ["http://portal.clinic.example/callback"] # <-
}
```

## Good
```text main.tf
resource "auth0_client" "portal" {
  name = "portal"
  callbacks = ["https://portal.clinic.example/callback"]
}
```

## Good: the user's own machine
```text main.tf
resource "auth0_client" "portal" {
  name = "portal"
  callbacks = ["http://127.0.0.1:3000/callback"]
}
```

## Fix
```text main.tf
callbacks = ["https://portal.clinic.example/callback"]
```

## References
- Terraform Auth0 provider 1.0, auth0_client: https://registry.terraform.io/providers/auth0/auth0/1.0.0/docs/resources/client
- RFC 9700, 2.6: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, http_host, known, of_type


@check(
    "auth0-redirect-http",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=319,
    applies=of_type("auth0_client"),
)
def auth0_redirect_http(resource: CloudResource) -> Iterator[Diagnostic]:
    for address in known(resource.texts("callbacks")):
        host = http_host(address)
        if host is not None:
            yield fail(
                f"{resource.address} gets its codes at {host} without TLS",
                at=resource.where("callbacks"),
                key=host,
                expected="an https address",
            )
