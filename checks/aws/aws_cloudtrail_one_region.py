"""A CloudTrail trail records one region only.

## Why it matters
A trail that is not multi-region misses what is done in every other region, which is where intruders start
machines.

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
  name                  = "audit"
  s3_bucket_name        = "clinic-audit"
  is_multi_region_trail = true
}
```

## Fix
Record all regions:
```text main.tf
is_multi_region_trail = true
```

## References
- Terraform AWS provider 5.80, aws_cloudtrail, is_multi_region_trail (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/cloudtrail#is_multi_region_trail
- AWS CloudTrail User Guide: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cloudtrail-one-region",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type("aws_cloudtrail"),
)
def aws_cloudtrail_one_region(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("enable_logging", default=True)):
        at = resource.where("enable_logging")
        yield fail(f"{resource.address} is switched off and records nothing", at=at, severity=HIGH, key="off")
    if not known(resource.bool("is_multi_region_trail")):
        at = resource.where("is_multi_region_trail")
        yield fail(f"{resource.address} records the events of one region only", at=at)
