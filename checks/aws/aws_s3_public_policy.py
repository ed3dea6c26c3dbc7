"""An S3 bucket policy allows anybody.

## Why it matters
A statement with the principal `*` and without a condition is for everybody on the internet, without an AWS
account.

## Bad
```text main.tf
resource "aws_s3_bucket_policy" "reports" {
  bucket = "clinic-reports"
  policy = jsonencode({ # <-
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::clinic-reports/*"
    }]
  })
}
```

## Bad: the policy is a data source
```text main.tf
data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject"] # <-
    resources = ["${aws_s3_bucket.reports.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket" "reports" {}
resource "aws_s3_bucket_policy" "reports" {
  bucket = aws_s3_bucket.reports.id
  policy = data.aws_iam_policy_document.read.json
}
```

## Good
```text main.tf
resource "aws_s3_bucket_policy" "reports" {
  bucket = "clinic-reports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/reports" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::clinic-reports/*"
    }]
  })
}
```

## Good: everybody is denied plain HTTP, and a condition narrows what is allowed
```text main.tf
resource "aws_s3_bucket_policy" "reports" {
  bucket = "clinic-reports"
  policy = <<EOT
{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::clinic-reports/*",
     "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::clinic-reports/*",
     "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
  ]
}
EOT
}
```

## Fix
Name the principal, or put the bucket behind CloudFront with an origin access control:
```text main.tf
Principal = { AWS = aws_iam_role.reports.arn }
```

## References
- AWS IAM User Guide: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
- Amazon S3 User Guide: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, CloudResource, Control, Diagnostic, check, fail, of_type

from ._policy import statements


@check(
    "aws-s3-public-policy",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=284,
    applies=of_type("aws_s3_bucket", "aws_s3_bucket_policy"),
)
def aws_s3_public_policy(resource: CloudResource) -> Iterator[Diagnostic]:
    for statement in statements(resource, "policy"):
        if not statement.allows or statement.conditional or "*" not in statement.principals:
            continue
        actions = ", ".join(statement.actions[:3]) or "its actions"
        yield fail(f"The policy of {resource.address} allows {actions} to anybody on the internet", at=statement.at)
        return
