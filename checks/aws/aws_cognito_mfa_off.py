"""A password alone opens the accounts of a Cognito user pool.

## Why it matters
A password that was guessed, phished or used elsewhere opens the account. Without a second factor nothing else stands
in the way.

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
  mfa_configuration = "OFF" # <-
}
```

## Bad: whoever likes
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  mfa_configuration = "OPTIONAL" # <-
  software_token_mfa_configuration {
    enabled = true
  }
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  mfa_configuration = "ON"
  software_token_mfa_configuration {
    enabled = true
  }
}
```

## Fix
```text main.tf
mfa_configuration = "ON"
software_token_mfa_configuration {
  enabled = true
}
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool
- Amazon Cognito Developer Guide, Adding MFA to a user pool: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-mfa-off",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=308,
    applies=of_type("aws_cognito_user_pool"),
)
def aws_cognito_mfa_off(resource: CloudResource) -> Iterator[Diagnostic]:
    mode = known(resource.text("mfa_configuration", default="OFF"))
    at = resource.where("mfa_configuration")
    if mode == "OFF":
        yield fail(f"{resource.address} asks nobody for a second factor", at=at, expected='mfa_configuration = "ON"')
    elif mode == "OPTIONAL":
        yield fail(
            f"{resource.address} asks only those for a second factor who have set one up",
            at=at,
            severity=LOW,
            expected='mfa_configuration = "ON"',
        )
