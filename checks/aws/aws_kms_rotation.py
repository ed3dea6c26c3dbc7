"""A KMS key is never rotated.

## Why it matters
A key of your own is rotated every year only if that is switched on. Rotation limits how much one key's
disclosure reveals. Asymmetric and HMAC keys and imported material cannot be rotated automatically.

## Bad
```text main.tf
resource "aws_kms_key" "records" { # <-
  description = "records"
}
```

## Good
```text main.tf
resource "aws_kms_key" "records" {
  description         = "records"
  enable_key_rotation = true
}
```

## Good: an asymmetric key
```text main.tf
resource "aws_kms_key" "signing" {
  customer_master_key_spec = "RSA_4096"
  key_usage                = "SIGN_VERIFY"
}
```

## Fix
Switch rotation on:
```text main.tf
enable_key_rotation = true
```

## References
- Terraform AWS provider 5.80, aws_kms_key, enable_key_rotation (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/kms_key#enable_key_rotation
- AWS KMS Developer Guide: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("aws-kms-rotation", severity=MEDIUM, control=Control.KEY_MANAGEMENT, cwe=324, applies=of_type("aws_kms_key"))
def aws_kms_rotation(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("customer_master_key_spec", default="SYMMETRIC_DEFAULT")) != "SYMMETRIC_DEFAULT":
        return
    if known(resource.has("custom_key_store_id")):
        return
    if not known(resource.bool("enable_key_rotation")):
        at = resource.where("enable_key_rotation")
        yield fail(f"{resource.address} is not rotated automatically", at=at)
