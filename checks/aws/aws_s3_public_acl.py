"""An S3 bucket's ACL lets anybody read or write its objects.

## Why it matters
The canned ACLs `public-read` and `public-read-write` grant the group AllUsers, that is anonymous requests
from the internet; `authenticated-read` grants every AWS account in the world.

## Bad
```text main.tf
resource "aws_s3_bucket" "reports" {
  bucket = "clinic-reports"
  acl    = "public-read" # <-
}
```

## Bad: the ACL is a resource of its own
```text main.tf
resource "aws_s3_bucket" "reports" {
  bucket = "clinic-reports"
}
resource "aws_s3_bucket_acl" "reports" {
  bucket = aws_s3_bucket.reports.id
  acl    = "public-read-write" # <-
}
```

## Good
```text main.tf
resource "aws_s3_bucket" "reports" {
  bucket = "clinic-reports"
  acl    = "private"
}
```

## Good: the public access block makes S3 ignore the ACL
```text main.tf
resource "aws_s3_bucket" "reports" {
  bucket = "clinic-reports"
  acl    = "public-read"
}
resource "aws_s3_bucket_public_access_block" "reports" {
  bucket             = aws_s3_bucket.reports.id
  ignore_public_acls = true
}
```

## Fix
Remove the ACL, and let the public access block refuse public ones.
```text main.tf
resource "aws_s3_bucket_public_access_block" "reports" {
  bucket                  = aws_s3_bucket.reports.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}
```

## References
- Amazon S3 User Guide: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
- Terraform AWS provider 5.80, aws_s3_bucket_acl: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/s3_bucket_acl
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, CloudResource, Control, Diagnostic, check, fail, known, of_type

_WHO = {
    "public-read": "anybody on the internet read",
    "public-read-write": "anybody on the internet read and overwrite",
    "authenticated-read": "every AWS account in the world read",
}


@check(
    "aws-s3-public-acl",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=284,
    applies=of_type("aws_s3_bucket", "aws_s3_bucket_acl"),
)
def aws_s3_public_acl(resource: CloudResource) -> Iterator[Diagnostic]:
    who = _WHO.get(known(resource.text("acl", default="private")))
    if who is None:
        return
    buckets = (resource,) if resource.type == "aws_s3_bucket" else resource.referenced("bucket")
    for bucket in buckets:
        blocks = bucket.companions("aws_s3_bucket_public_access_block", via="bucket", name="bucket")
        if any(known(block.bool("ignore_public_acls")) for block in blocks):
            return
    yield fail(f"The ACL of {resource.address} lets {who} its objects", at=resource.where("acl"), key="acl")
