"""Cognito sends codes and tokens of a client over plain HTTP.

## Why it matters
The code in the address is as good as a log-in. On the way to an `http` address anybody on the path reads it.

## Bad
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  callback_urls = ["http://portal.clinic.example/callback"] # <-
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  callback_urls = ["https://portal.clinic.example/callback"]
}
```

## Good: the user's own machine
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  callback_urls = ["http://localhost:3000/callback"]
}
```

## Fix
```text main.tf
callback_urls = ["https://portal.clinic.example/callback"]
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool_client: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool_client
- RFC 9700, 2.6: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, http_host, known, of_type


@check(
    "aws-cognito-redirect-http",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=319,
    applies=of_type("aws_cognito_user_pool_client"),
)
def aws_cognito_redirect_http(resource: CloudResource) -> Iterator[Diagnostic]:
    for address in known(resource.texts("callback_urls")):
        host = http_host(address)
        if host is not None:
            yield fail(
                f"{resource.address} gets its codes at {host} without TLS",
                at=resource.where("callback_urls"),
                key=host,
                expected="an https address",
            )
