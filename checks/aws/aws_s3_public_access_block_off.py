"""An S3 public access block leaves a part of the protection switched off.

## Why it matters
Each of the four arguments is false unless it is set: writing the resource without one of them switches off
what AWS has switched on for new buckets since April 2023. One later ACL or policy then opens the bucket.

## Bad
```text main.tf
resource "aws_s3_bucket_public_access_block" "records" {
  bucket                  = "clinic-records"
  block_public_acls       = true
  block_public_policy     = false # <-
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Bad: an argument is missing, and its default is false
```text main.tf
resource "aws_s3_bucket_public_access_block" "records" { # <-
  bucket              = "clinic-records"
  block_public_acls   = true
  block_public_policy = true
  ignore_public_acls  = true
}
```

## Good
```text main.tf
resource "aws_s3_bucket_public_access_block" "records" {
  bucket                  = "clinic-records"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```

## Fix
Set all four arguments.
```text main.tf
block_public_acls       = true
block_public_policy     = true
ignore_public_acls      = true
restrict_public_buckets = true
```

## References
- Terraform AWS provider 5.80, aws_s3_bucket_public_access_block (all four arguments default to false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/s3_bucket_public_access_block
- Amazon S3 User Guide: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

_ARGUMENTS = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


@check(
    "aws-s3-public-access-block-off",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=284,
    applies=of_type("aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"),
)
def aws_s3_public_access_block_off(resource: CloudResource) -> Iterator[Diagnostic]:
    off = [name for name in _ARGUMENTS if not known(resource.bool(name))]
    if off:
        written = [name for name in off if resource.has(name) is True]
        yield fail(
            f"{resource.address} leaves {', '.join(off)} off", at=resource.where((written or off)[0]), key=off[0]
        )
