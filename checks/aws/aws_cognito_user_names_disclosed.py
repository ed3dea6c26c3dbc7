"""Cognito tells strangers whether somebody has an account.

## Why it matters
With `LEGACY` the answer to a wrong log-in says whether the user exists. For a clinic's portal that alone tells that
somebody is a patient, and it gives password guessers their list.

## Bad
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  prevent_user_existence_errors = "LEGACY" # <-
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  prevent_user_existence_errors = "ENABLED"
}
```

## Fix
```text main.tf
prevent_user_existence_errors = "ENABLED"
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool_client: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool_client
- Amazon Cognito Developer Guide, Managing user existence error responses: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-user-names-disclosed",
    severity=LOW,
    control=Control.INFORMATION_DISCLOSURE,
    cwe=204,
    applies=of_type("aws_cognito_user_pool_client"),
)
def aws_cognito_user_names_disclosed(resource: CloudResource) -> Iterator[Diagnostic]:
    name = "prevent_user_existence_errors"
    if known(resource.text(name)) == "LEGACY":
        yield fail(f"{resource.address} tells anybody which users exist", at=resource.where(name), expected='"ENABLED"')
