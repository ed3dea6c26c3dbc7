"""An ElastiCache cluster accepts clients without TLS.

## Why it matters
Sessions and cached records travel in the clear between the application and the cache, and no password can be
set either.

## Bad
```text main.tf
resource "aws_elasticache_replication_group" "sessions" { # <-
  replication_group_id = "sessions"
  description          = "sessions"
}
```

## Bad: preferred still accepts plaintext
```text main.tf
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  transit_encryption_enabled = true
  transit_encryption_mode    = "preferred" # <-
}
```

## Bad: a single node
```text main.tf
resource "aws_elasticache_cluster" "sessions" { # <-
  cluster_id = "sessions"
  engine     = "redis"
}
```

## Good
```text main.tf
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  transit_encryption_enabled = true
}
```

## Fix
Require TLS.
```text main.tf
transit_encryption_enabled = true
transit_encryption_mode    = "required"
```

## References
- Terraform AWS provider 5.80, aws_elasticache_replication_group, transit_encryption_enabled: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/elasticache_replication_group#transit_encryption_enabled
- Amazon ElastiCache User Guide: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-elasticache-plaintext",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("aws_elasticache_replication_group", "aws_elasticache_cluster"),
)
def aws_elasticache_plaintext(resource: CloudResource) -> Iterator[Diagnostic]:
    member = resource.type == "aws_elasticache_cluster" and known(resource.has("replication_group_id"))
    if member or known(resource.has("global_replication_group_id")):
        return
    if not known(resource.bool("transit_encryption_enabled")):
        at = resource.where("transit_encryption_enabled")
        yield fail(f"{resource.address} serves clients without TLS", at=at)
    elif known(resource.text("transit_encryption_mode", default="required")) == "preferred":
        at = resource.where("transit_encryption_mode")
        yield fail(f"{resource.address} accepts clients without TLS beside TLS", at=at, severity=MEDIUM)
