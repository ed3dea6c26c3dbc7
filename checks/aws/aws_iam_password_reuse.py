"""Users of an AWS account may take their old password again.

## Why it matters
Somebody who must change a password that was seen by others changes it back, and whoever knows it gets in again.

## Bad
```text main.tf
resource "aws_iam_account_password_policy" "staff" { # <-
  minimum_password_length = 14
}
```

## Good
```text main.tf
resource "aws_iam_account_password_policy" "staff" {
  minimum_password_length   = 14
  password_reuse_prevention = 24
}
```

## Fix
```text main.tf
password_reuse_prevention = 24
```

## References
- Terraform AWS provider 6.0, aws_iam_account_password_policy: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/iam_account_password_policy
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-iam-password-reuse",
    severity=LOW,
    control=Control.PASSWORD_POLICY,
    cwe=262,
    applies=of_type("aws_iam_account_password_policy"),
)
def aws_iam_password_reuse(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.number("password_reuse_prevention")):
        at = resource.where("password_reuse_prevention")
        yield fail(
            "Users of the account may take their old password again", at=at, expected="password_reuse_prevention = 24"
        )
