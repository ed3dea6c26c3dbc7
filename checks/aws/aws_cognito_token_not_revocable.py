"""Refresh tokens of a Cognito client cannot be revoked.

## Why it matters
When a device is lost or a session stolen, the tokens stay good until they run out. Revocation is on unless a client
switches it off.

## Bad
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  enable_token_revocation = false # <-
}
```

## Good: the default
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  enable_token_revocation = true
}
```

## Fix
```text main.tf
enable_token_revocation = true
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool_client: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool_client
- Amazon Cognito Developer Guide, Ending user sessions with token revocation: https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-token-not-revocable",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=613,
    applies=of_type("aws_cognito_user_pool_client"),
)
def aws_cognito_token_not_revocable(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("enable_token_revocation", default=True)):
        at = resource.where("enable_token_revocation")
        yield fail(f"Refresh tokens of {resource.address} cannot be revoked", at=at, expected="true")
