"""An S3 bucket writes no access log.

## Why it matters
Server access logs say who read or changed which object. CloudTrail data events can stand in for them, which
this check cannot see.

## Bad
```text main.tf
resource "aws_s3_bucket" "records" { # <-
  bucket = "clinic-records"
}
```

## Good: and the bucket that takes the logs needs none of its own
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
}
resource "aws_s3_bucket" "logs" {
  bucket = "clinic-logs"
}
resource "aws_s3_bucket_logging" "records" {
  bucket        = aws_s3_bucket.records.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "records/"
}
```

## Good: provider version 3
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
  logging {
    target_bucket = "clinic-logs"
  }
}
```

## Fix
Write an access log to another bucket.
```text main.tf
resource "aws_s3_bucket_logging" "records" {
  bucket        = aws_s3_bucket.records.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "records/"
}
```

## References
- Terraform AWS provider 5.80, aws_s3_bucket_logging: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/s3_bucket_logging
- Amazon S3 User Guide: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Confidence, Control, Diagnostic, check, fail, known, of_type

from ._buckets import takes_logs


@check("aws-s3-access-log", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778, applies=of_type("aws_s3_bucket"))
def aws_s3_access_log(resource: CloudResource) -> Iterator[Diagnostic]:
    # A log of who reads the logs would log itself.
    if known(resource.has("logging")) or takes_logs(resource):
        return
    if resource.companions("aws_s3_bucket_logging", via="bucket", name="bucket"):
        return
    yield fail(f"{resource.address} writes no access log", confidence=Confidence.MEDIUM)
