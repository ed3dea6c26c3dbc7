"""Anybody can make an account in a Cognito user pool.

## Why it matters
Applications that take every account of the pool for a person who was let in open up to everybody. Where only staff or
known patients use it, administrators should make the accounts.

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
  admin_create_user_config {
    allow_admin_create_user_only = false # <-
  }
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
}
```

## Good: a function decides
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  lambda_config {
    pre_sign_up = aws_lambda_function.invited.arn
  }
}
```

## Fix
```text main.tf
admin_create_user_config {
  allow_admin_create_user_only = true
}
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool
- Amazon Cognito Developer Guide, Configuring policies for user creation: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-admin-create-user-policy.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-open-sign-up",
    severity=LOW,
    control=Control.AUTHENTICATION,
    cwe=287,
    applies=of_type("aws_cognito_user_pool"),
)
def aws_cognito_open_sign_up(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("lambda_config.pre_sign_up")):
        return
    name = "admin_create_user_config.allow_admin_create_user_only"
    if not known(resource.bool(name)):
        yield fail(f"Anybody can make an account in {resource.address}", at=resource.where(name), expected="true")
