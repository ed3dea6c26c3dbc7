"""A role, user or group has the administrator's policy of AWS.

## Why it matters
With `AdministratorAccess` one leaked key or one flaw in the program that holds the role is the loss of the
whole account.

## Bad
```text main.tf
resource "aws_iam_role_policy_attachment" "app" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # <-
}
```

## Bad: in a list of the role
```text main.tf
resource "aws_iam_role" "app" {
  name                = "app"
  managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"] # <-
}
```

## Bad: a partition that is not known does not hide the policy
```text main.tf
data "aws_partition" "here" {}
resource "aws_iam_role_policy_attachment" "app" {
  role       = "app"
  policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/PowerUserAccess" # <-
}
```

## Good
```text main.tf
resource "aws_iam_role_policy_attachment" "app" {
  role       = "app"
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
```

## Good: a policy of one's own, judged where it is written
```text main.tf
resource "aws_iam_policy" "app" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_role_policy_attachment" "app" {
  role       = "app"
  policy_arn = aws_iam_policy.app.arn
}
```

## Fix
Attach a policy with the actions that are used:
```text main.tf
policy_arn = aws_iam_policy.app.arn
```

## References
- AWS Managed Policy Reference: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
- AWS IAM User Guide: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
"""

from collections.abc import Iterator

from auditor.api import (
    HIGH,
    CloudResource,
    Control,
    Diagnostic,
    PartlyKnown,
    Unknown,
    check,
    fail,
    not_evaluated,
    of_type,
)

_POWERFUL = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")


@check(
    "aws-iam-administrator",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    cwe=250,
    applies=of_type(
        "aws_iam_role_policy_attachment",
        "aws_iam_user_policy_attachment",
        "aws_iam_group_policy_attachment",
        "aws_iam_policy_attachment",
        "aws_iam_role",
    ),
)
def aws_iam_administrator(resource: CloudResource) -> Iterator[Diagnostic]:
    name = "managed_policy_arns" if resource.type == "aws_iam_role" else "policy_arn"
    value = resource.value(name)
    for arn in value if isinstance(value, tuple) else (value,):
        text = arn.text if isinstance(arn, PartlyKnown) else arn
        policy = text.rpartition("/")[2] if isinstance(text, str) else ""
        if policy in _POWERFUL:
            yield fail(f"{resource.address} grants AWS's policy {policy}", at=resource.where(name), key=policy)
        elif isinstance(text, Unknown) and not resource.referenced(name):
            yield not_evaluated(text.reason)
