"""Cognito puts access tokens of a client into addresses.

## Why it matters
The implicit flow hands the token over in the browser's address, from where it gets into histories, logs and the
`Referer` of other pages.

## Bad
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code", "implicit"] # <-
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
}
```

## Fix
```text main.tf
allowed_oauth_flows = ["code"]
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool_client: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool_client
- RFC 9700, 2.1.2: https://www.rfc-editor.org/rfc/rfc9700
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-implicit-flow",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=598,
    applies=of_type("aws_cognito_user_pool_client"),
)
def aws_cognito_implicit_flow(resource: CloudResource) -> Iterator[Diagnostic]:
    flows = known(resource.texts("allowed_oauth_flows"))
    if "implicit" in flows:
        at = resource.where("allowed_oauth_flows")
        yield fail(f"{resource.address} gets access tokens in the browser's address", at=at, expected='["code"]')
