"""An S3 bucket keeps no earlier versions of its objects.

## Why it matters
Without versioning an overwritten or deleted object is gone: a wrong script or ransomware destroys the only
copy of a record.

## Bad
```text main.tf
resource "aws_s3_bucket" "records" { # <-
  bucket = "clinic-records"
}
```

## Bad: switched off in the form of provider version 3
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
  versioning {
    enabled = false # <-
  }
}
```

## Good
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
}
resource "aws_s3_bucket_versioning" "records" {
  bucket = aws_s3_bucket.records.id
  versioning_configuration {
    status = "Enabled"
  }
}
```

## Good: the companion names the bucket by its name
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
}
resource "aws_s3_bucket_versioning" "records" {
  bucket = "clinic-records"
  versioning_configuration {
    status = "Enabled"
  }
}
```

## Good: provider version 3
```text main.tf
resource "aws_s3_bucket" "records" {
  bucket = "clinic-records"
  versioning {
    enabled = true
  }
}
```

## Fix
Switch versioning on.
```text main.tf
resource "aws_s3_bucket_versioning" "records" {
  bucket = aws_s3_bucket.records.id
  versioning_configuration {
    status = "Enabled"
  }
}
```

## References
- Terraform AWS provider 5.80, aws_s3_bucket_versioning: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/s3_bucket_versioning
- Amazon S3 User Guide: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-s3-versioning",
    severity=MEDIUM,
    control=Control.BACKUP,
    also=(Control.INTEGRITY,),
    applies=of_type("aws_s3_bucket"),
)
def aws_s3_versioning(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("versioning.enabled")):
        return
    at = resource.where("versioning.enabled")
    for companion in resource.companions("aws_s3_bucket_versioning", via="bucket", name="bucket"):
        if known(companion.text("versioning_configuration.status")) == "Enabled":
            return
        at = companion.where("versioning_configuration.status")
    yield fail(f"{resource.address} keeps no earlier versions of its objects", at=at)
