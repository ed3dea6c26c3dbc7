"""Okta sends codes and tokens of an application over plain HTTP.

## Why it matters
The code in the address is as good as a log-in. On the way to an `http` address anybody on the path reads it.

## Bad
```text main.tf
resource "okta_app_oauth" "portal" {
  label = "portal"
  type  = "web"
  redirect_uris = ["http://portal.clinic.example/callback"] # <-
}
```

## Good
```text main.tf
resource "okta_app_oauth" "portal" {
  label = "portal"
  type  = "web"
  redirect_uris = ["https://portal.clinic.example/callback"]
}
```

## Good: the user's own machine
```text main.tf
resource "okta_app_oauth" "portal" {
  label = "portal"
  type  = "web"
  redirect_uris = ["http://localhost:3000/callback"]
}
```

## Fix
```text main.tf
redirect_uris = ["https://portal.clinic.example/callback"]
```

## References
- Terraform Okta provider 4.14, okta_app_oauth: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/app_oauth
- RFC 9700, 2.6: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, http_host, known, of_type


@check(
    "okta-redirect-http",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=319,
    applies=of_type("okta_app_oauth"),
)
def okta_redirect_http(resource: CloudResource) -> Iterator[Diagnostic]:
    for address in known(resource.texts("redirect_uris")):
        host = http_host(address)
        if host is not None:
            yield fail(
                f"{resource.address} gets its codes at {host} without TLS",
                at=resource.where("redirect_uris"),
                key=host,
                expected="an https address",
            )
