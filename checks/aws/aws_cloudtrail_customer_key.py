"""A CloudTrail trail is not encrypted with a KMS key of your own.

## Why it matters
The files are encrypted with keys that S3 manages. With a KMS key reading the audit trail needs a second
permission, and each reading is itself recorded.

## Bad
```text main.tf
resource "aws_cloudtrail" "audit" { # <-
  name           = "audit"
  s3_bucket_name = "clinic-audit"
}
```

## Good: the key's address is known only after it is made, yet it is set
```text main.tf
resource "aws_kms_key" "audit" {}
resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "clinic-audit"
  kms_key_id     = aws_kms_key.audit.arn
}
```

## Fix
Encrypt the trail with a KMS key of your own:
```text main.tf
kms_key_id = aws_kms_key.audit.arn
```

## References
- Terraform AWS provider 5.80, aws_cloudtrail, kms_key_id: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/cloudtrail#kms_key_id
- AWS CloudTrail User Guide: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("aws-cloudtrail-customer-key", severity=LOW, control=Control.KEY_MANAGEMENT, applies=of_type("aws_cloudtrail"))
def aws_cloudtrail_customer_key(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.has("kms_key_id")):
        yield fail(f"{resource.address} is encrypted with keys that S3 manages, not with a KMS key")
