"""A DynamoDB table cannot be restored to a point in time.

## Why it matters
Without point-in-time recovery a table has no backup unless somebody makes one by hand; a wrong write is
final.

## Bad
```text main.tf
resource "aws_dynamodb_table" "visits" { # <-
  name     = "visits"
  hash_key = "id"
}
```

## Good
```text main.tf
resource "aws_dynamodb_table" "visits" {
  name     = "visits"
  hash_key = "id"
  point_in_time_recovery {
    enabled = true
  }
}
```

## Fix
Switch point-in-time recovery on.
```text main.tf
point_in_time_recovery {
  enabled = true
}
```

## References
- Terraform AWS provider 5.80, aws_dynamodb_table, point_in_time_recovery: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/dynamodb_table#point_in_time_recovery
- Amazon DynamoDB Developer Guide: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("aws-dynamodb-recovery", severity=MEDIUM, control=Control.BACKUP, applies=of_type("aws_dynamodb_table"))
def aws_dynamodb_recovery(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("point_in_time_recovery.enabled")):
        at = resource.where("point_in_time_recovery.enabled")
        yield fail(f"{resource.address} has no point-in-time recovery", at=at)
