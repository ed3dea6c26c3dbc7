"""The policy of a queue, key, secret or role allows anybody.

## Why it matters
A statement with the principal `*` and without a condition gives its actions to every AWS account in the
world, and for some services to anonymous callers.

## Bad
```text main.tf
resource "aws_sqs_queue_policy" "results" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/results"
  policy = jsonencode({ # <-
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}
```

## Bad: a role that anybody may assume
```text main.tf
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"] # <-
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_iam_role" "app" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
```

## Bad: a function
```text main.tf
resource "aws_lambda_permission" "all" {
  action        = "lambda:InvokeFunction"
  function_name = "export"
  principal     = "*" # <-
}
```

## Bad: every address meets the condition of a document
```text main.tf
data "aws_iam_policy_document" "send" {
  statement {
    actions = ["sqs:SendMessage"] # <-
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "IpAddress"
      variable = "aws:SourceIp"
      values   = ["0.0.0.0/0"]
    }
  }
}
resource "aws_sqs_queue_policy" "results" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/results"
  policy    = data.aws_iam_policy_document.send.json
}
```

## Good
```text main.tf
resource "aws_sqs_queue_policy" "results" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/results"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}
```

## Good: a condition narrows it
```text main.tf
resource "aws_sqs_queue_policy" "results" {
  queue_url = "https://sqs.us-east-1.amazonaws.com/111122223333/results"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1234567890" } }
    }]
  })
}
```

## Good: a function behind a gateway
```text main.tf
resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = "export"
  principal     = "apigateway.amazonaws.com"
}
```

## Fix
Name the account, role or service:
```text main.tf
Principal = { AWS = "arn:aws:iam::111122223333:role/lab" }
```

## References
- AWS IAM User Guide: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
- AWS IAM User Guide: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._policy import statements


@check(
    "aws-public-policy",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    also=(Control.AUTHENTICATION,),
    cwe=284,
    applies=of_type(
        "aws_sqs_queue",
        "aws_sqs_queue_policy",
        "aws_sns_topic",
        "aws_sns_topic_policy",
        "aws_kms_key",
        "aws_kms_key_policy",
        "aws_secretsmanager_secret",
        "aws_secretsmanager_secret_policy",
        "aws_ecr_repository_policy",
        "aws_iam_role",
        "aws_lambda_permission",
    ),
)
def aws_public_policy(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_lambda_permission":
        narrowed = any(known(resource.has(name)) for name in ("source_arn", "source_account", "principal_org_id"))
        if known(resource.text("principal")) == "*" and not narrowed:
            at = resource.where("principal")
            yield fail(f"{resource.address} lets every AWS account call the function", at=at)
        return
    argument = "assume_role_policy" if resource.type == "aws_iam_role" else "policy"
    for statement in statements(resource, argument):
        if statement.allows and not statement.conditional and "*" in statement.principals:
            actions = ", ".join(statement.actions[:3]) or "its actions"
            message = f"The policy of {resource.address} allows {actions} to every AWS account"
            yield fail(message, at=statement.at)
            return
