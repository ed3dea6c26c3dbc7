"""A disk or file system is not encrypted.

## Why it matters
EBS volumes and EFS file systems are stored in the clear unless encryption is asked for, by the resource or
for EBS by the account's default in the region.

## Bad
```text main.tf
resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 100
  encrypted         = false # <-
}
```

## Bad: absent: the account's default decides, and AWS sets it to off
```text main.tf
resource "aws_ebs_volume" "data" { # <-
  availability_zone = "us-east-1a"
  size              = 100
}
```

## Bad: a file system
```text main.tf
resource "aws_efs_file_system" "scans" { # <-
  creation_token = "scans"
}
```

## Bad: a disk of a server
```text main.tf
resource "aws_instance" "app" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.small"
  root_block_device {
    encrypted = false # <-
  }
}
```

## Good
```text main.tf
resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 100
  encrypted         = true
}
resource "aws_efs_file_system" "scans" {
  encrypted = true
}
```

## Good: the account's default is set here
```text main.tf
resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}
resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 100
}
```

## Fix
Encrypt the volume.
```text main.tf
encrypted  = true
kms_key_id = aws_kms_key.data.arn
```

## References
- Terraform AWS provider 5.80, aws_ebs_volume, encrypted: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/ebs_volume#encrypted
- Terraform AWS provider 5.80, aws_ebs_encryption_by_default: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/ebs_encryption_by_default
- Terraform AWS provider 5.80, aws_efs_file_system, encrypted: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/efs_file_system#encrypted
- Amazon EBS User Guide: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
"""

from collections.abc import Iterator

from auditor.api import (
    HIGH,
    CloudResource,
    Confidence,
    Control,
    Diagnostic,
    check,
    fail,
    known,
    not_evaluated,
    of_type,
)

_DISKS = ("root_block_device", "ebs_block_device", "block_device_mappings.ebs")


@check(
    "aws-volume-unencrypted",
    severity=HIGH,
    control=Control.ENCRYPTION_AT_REST,
    cwe=311,
    applies=of_type("aws_ebs_volume", "aws_efs_file_system", "aws_instance", "aws_launch_template"),
)
def aws_volume_unencrypted(resource: CloudResource) -> Iterator[Diagnostic]:
    defaults = resource.module.of_type("aws_ebs_encryption_by_default")
    if resource.type != "aws_efs_file_system" and any(known(it.bool("enabled", default=True)) for it in defaults):
        return
    if resource.type in {"aws_instance", "aws_launch_template"}:
        for block in (block for name in _DISKS for block in resource.blocks(name)):
            # An absent argument follows the image or snapshot.
            if not known(block.bool("encrypted", default=True)):
                yield fail(f"A disk of {resource.address} is not encrypted", at=block.where("encrypted"))
        return
    if known(resource.bool("encrypted")):
        return
    explicit = resource.has("encrypted") is True or resource.type == "aws_efs_file_system"
    if not explicit and known(resource.has("snapshot_id")):
        yield not_evaluated("the snapshot it is made from decides on encryption")
        return
    yield fail(
        f"{resource.address} is not encrypted",
        at=resource.where("encrypted"),
        confidence=None if explicit else Confidence.MEDIUM,
    )
