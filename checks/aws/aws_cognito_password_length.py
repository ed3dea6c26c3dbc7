"""A Cognito user pool accepts passwords of fewer than 12 characters.

## Why it matters
Short passwords are found by trying. A pool without rules takes eight characters.

## Bad: the default
```text main.tf
resource "aws_cognito_user_pool" "patients" { # <-
  name = "patients"
}
```

## Bad
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  password_policy {
    minimum_length = 8 # <-
  }
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  password_policy {
    minimum_length = 12
  }
}
```

## Fix
```text main.tf
password_policy {
  minimum_length = 12
}
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool
- Amazon Cognito Developer Guide, Adding user pool password requirements: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-password-length",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=521,
    applies=of_type("aws_cognito_user_pool"),
)
def aws_cognito_password_length(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.number("password_policy.minimum_length", default=8)) < 12:
        at = resource.where("password_policy.minimum_length")
        yield fail(
            f"{resource.address} accepts passwords of fewer than 12 characters", at=at, expected="minimum_length = 12"
        )
