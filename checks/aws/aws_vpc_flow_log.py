"""A VPC records no flow log.

## Why it matters
Flow logs say which address talked to which. Without them nobody can tell after an incident what left the
network.

## Bad
```text main.tf
resource "aws_vpc" "main" { # <-
  cidr_block = "10.20.0.0/16"
}
```

## Good
```text main.tf
resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_flow_log" "main" {
  vpc_id          = aws_vpc.main.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::clinic-flow-logs"
}
```

## Good: through a local
```text main.tf
resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}
locals {
  network = aws_vpc.main.id
}
resource "aws_flow_log" "main" {
  vpc_id          = local.network
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::clinic-flow-logs"
}
```

## Fix
Record the flow log of the VPC.
```text main.tf
resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.flow_logs.arn
}
```

## References
- Terraform AWS provider 5.80, aws_flow_log: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/flow_log
- Amazon VPC User Guide: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Confidence, Control, Diagnostic, check, fail, of_type


@check(
    "aws-vpc-flow-log",
    severity=MEDIUM,
    control=Control.MONITORING,
    also=(Control.AUDIT_LOGGING,),
    cwe=778,
    applies=of_type("aws_vpc"),
)
def aws_vpc_flow_log(resource: CloudResource) -> Iterator[Diagnostic]:
    if not resource.companions("aws_flow_log", via="vpc_id"):
        yield fail(
            f"No flow log of this module records the traffic of {resource.address}", confidence=Confidence.MEDIUM
        )
