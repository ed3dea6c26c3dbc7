"""An ElastiCache cluster writes unencrypted data to disk.

## Why it matters
Snapshots, swap and replication files hold cached records in the clear. The default is off for the Redis
engine and on for Valkey.

## Bad
```text main.tf
resource "aws_elasticache_replication_group" "sessions" { # <-
  replication_group_id = "sessions"
  description          = "sessions"
}
```

## Good
```text main.tf
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  at_rest_encryption_enabled = true
}
```

## Good: the default of Valkey
```text main.tf
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  engine               = "valkey"
}
```

## Fix
Switch encryption at rest on:
```text main.tf
at_rest_encryption_enabled = true
```

## References
- Terraform AWS provider 5.80, aws_elasticache_replication_group, at_rest_encryption_enabled (default false for redis, true for valkey): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/elasticache_replication_group#at_rest_encryption_enabled
- Amazon ElastiCache User Guide: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-elasticache-unencrypted",
    severity=MEDIUM,
    control=Control.ENCRYPTION_AT_REST,
    cwe=311,
    applies=of_type("aws_elasticache_replication_group"),
)
def aws_elasticache_unencrypted(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("global_replication_group_id")):
        return
    default = known(resource.text("engine", default="redis")) == "valkey"
    if not known(resource.bool("at_rest_encryption_enabled", default=default)):
        at = resource.where("at_rest_encryption_enabled")
        yield fail(f"{resource.address} does not encrypt what it writes to disk", at=at)
