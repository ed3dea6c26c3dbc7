"""An S3 bucket is encrypted with keys that S3 manages.

## Why it matters
Every object has been encrypted with S3-managed keys by default since January 2023, so the data is not in the
clear. Only a KMS key of your own lets you decide and log who may decrypt, and revoke it.

## Bad
```text main.tf
resource "aws_s3_bucket" "records" { # <-
  bucket = "clinic-records"
}
```

## Bad: AES256 is the S3-managed key
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
}
resource "aws_s3_bucket_server_side_encryption_configuration" "records" {
  bucket = aws_s3_bucket.records.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256" # <-
    }
  }
}
```

## Good
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
}
resource "aws_kms_key" "records" {}
resource "aws_s3_bucket_server_side_encryption_configuration" "records" {
  bucket = aws_s3_bucket.records.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.records.arn
    }
  }
}
```

## Good: load balancers can deliver only into a bucket with S3-managed keys
```text main.tf
resource "aws_s3_bucket" "balancer" {
  bucket = "clinic-balancer-logs"
}
resource "aws_lb" "web" {
  access_logs {
    bucket  = aws_s3_bucket.balancer.id
    enabled = true
  }
}
```

## Fix
Encrypt with a KMS key of your own.
```text main.tf
apply_server_side_encryption_by_default {
  sse_algorithm     = "aws:kms"
  kms_master_key_id = aws_kms_key.records.arn
}
```

## References
- Amazon S3 User Guide: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
- Terraform AWS provider 5.80, aws_s3_bucket_server_side_encryption_configuration: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/s3_bucket_server_side_encryption_configuration
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._buckets import takes_logs

_ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm"
_KIND = "aws_s3_bucket_server_side_encryption_configuration"


@check("aws-s3-customer-key", severity=LOW, control=Control.KEY_MANAGEMENT, applies=of_type("aws_s3_bucket"))
def aws_s3_customer_key(resource: CloudResource) -> Iterator[Diagnostic]:
    if takes_logs(resource, of_servers=True):
        return
    algorithm = known(resource.text(f"server_side_encryption_configuration.{_ALGORITHM}"))
    at = resource.where(f"server_side_encryption_configuration.{_ALGORITHM}")
    if not algorithm:
        for companion in resource.companions(_KIND, via="bucket", name="bucket"):
            algorithm = known(companion.text(_ALGORITHM))
            at = companion.where(_ALGORITHM)
    if not algorithm.startswith("aws:kms"):
        yield fail(f"{resource.address} is encrypted with keys that S3 manages, not with a KMS key", at=at)
