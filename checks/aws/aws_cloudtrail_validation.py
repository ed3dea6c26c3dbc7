"""A CloudTrail trail's log files can be altered unnoticed.

## Why it matters
With log file validation CloudTrail signs a digest of its files every hour; without it nobody can show that a
log is complete and unchanged.

## Bad
```text main.tf
resource "aws_cloudtrail" "audit" { # <-
  name           = "audit"
  s3_bucket_name = "clinic-audit"
}
```

## Good
```text main.tf
resource "aws_cloudtrail" "audit" {
  name                       = "audit"
  s3_bucket_name             = "clinic-audit"
  enable_log_file_validation = true
}
```

## Fix
Switch log file validation on:
```text main.tf
enable_log_file_validation = true
```

## References
- Terraform AWS provider 5.80, aws_cloudtrail, enable_log_file_validation (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/cloudtrail#enable_log_file_validation
- AWS CloudTrail User Guide: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cloudtrail-validation",
    severity=MEDIUM,
    control=Control.INTEGRITY,
    also=(Control.AUDIT_LOGGING,),
    cwe=353,
    applies=of_type("aws_cloudtrail"),
)
def aws_cloudtrail_validation(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("enable_log_file_validation")):
        at = resource.where("enable_log_file_validation")
        yield fail(f"{resource.address} does not sign its log files", at=at)
