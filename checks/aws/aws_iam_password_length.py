"""Users of an AWS account may have passwords of fewer than 12 characters.

## Why it matters
Whoever guesses the password of a user of the console has that user's power over the account. A policy that says
nothing about the length allows six characters.

## Bad: not said
```text main.tf
resource "aws_iam_account_password_policy" "staff" { # <-
  require_symbols = true
}
```

## Bad
```text main.tf
resource "aws_iam_account_password_policy" "staff" {
  minimum_password_length = 8 # <-
}
```

## Good
```text main.tf
resource "aws_iam_account_password_policy" "staff" {
  minimum_password_length = 14
}
```

## Fix
```text main.tf
minimum_password_length = 14
```

## References
- Terraform AWS provider 6.0, aws_iam_account_password_policy: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/iam_account_password_policy
- AWS IAM API Reference, UpdateAccountPasswordPolicy (MinimumPasswordLength): https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-iam-password-length",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=521,
    applies=of_type("aws_iam_account_password_policy"),
)
def aws_iam_password_length(resource: CloudResource) -> Iterator[Diagnostic]:
    length = known(resource.number("minimum_password_length", default=6))
    if length < 12:
        yield fail(
            f"Users of the account may have passwords of {length:g} characters",
            at=resource.where("minimum_password_length"),
            expected="minimum_password_length = 14",
        )
