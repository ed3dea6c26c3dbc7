"""An IAM policy allows everything.

## Why it matters
`Action: *` on `Resource: *` is administrator's right: whoever holds the role, or steals its keys, owns the
account and all records in it. A whole service on all resources is much of the same.

## Bad
```text main.tf
resource "aws_iam_policy" "app" {
  name   = "app"
  policy = <<EOT # <-
{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
}
EOT
}
```

## Bad: a whole service that holds records, by jsonencode
```text main.tf
resource "aws_iam_role_policy" "app" {
  role = "app"
  policy = jsonencode({ # <-
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:*"]
      Resource = "*"
    }]
  })
}
```

## Bad: a policy document
```text main.tf
data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["*"] # <-
    resources = ["*"]
  }
}
```

## Good
```text main.tf
resource "aws_iam_policy" "app" {
  name   = "app"
  policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::clinic-reports/*"}]
}
EOT
}
```

## Good: a wildcard that denies, and one on a single bucket
```text main.tf
data "aws_iam_policy_document" "app" {
  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::clinic-reports/*"]
  }
}
```

## Good: the policy of a key, in which every resource means this key
```text main.tf
data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}
```

## Fix
Name the actions and the resources that are used.
```text main.tf
actions   = ["s3:GetObject"]
resources = ["${aws_s3_bucket.reports.arn}/*"]
```

## References
- AWS IAM User Guide: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
- Terraform AWS provider 5.80, aws_iam_policy: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/iam_policy
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, not_evaluated, of_type

from ._policy import document_statements, statements

_SERVICES = {"dynamodb:*", "ec2:*", "iam:*", "kms:*", "rds:*", "s3:*", "secretsmanager:*", "sts:*"}
"""Services that hold records, keys or rights."""


@check(
    "aws-iam-wildcard",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    cwe=250,
    applies=of_type(
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_iam_user_policy",
        "aws_iam_group_policy",
        "data.aws_iam_policy_document",
    ),
)
def aws_iam_wildcard(resource: CloudResource) -> Iterator[Diagnostic]:
    is_document = resource.type.startswith("data.")
    # A document that a policy here uses is judged where it is written.
    found = document_statements(resource) if is_document else statements(resource, "policy")
    if not is_document and any(it.type.startswith("data.") for it in resource.referenced("policy")):
        return
    for statement in found:
        # A statement with a principal belongs to a resource, such as a KMS key, where `*` is that resource.
        if not statement.allows or statement.conditional or statement.names_principal:
            continue
        if statement.doubt:
            yield not_evaluated(statement.doubt)
        if "*" not in statement.resources:
            continue
        if "*" in statement.actions or "*:*" in statement.actions:
            yield fail(f"{resource.address} allows every action on every resource", at=statement.at, key="*")
        elif services := sorted(_SERVICES & set(statement.actions)):
            message = f"{resource.address} allows {', '.join(services)} on every resource"
            yield fail(message, at=statement.at, severity=MEDIUM, key=",".join(services))
