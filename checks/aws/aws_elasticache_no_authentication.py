"""An ElastiCache cluster lets clients in without a password.

## Why it matters
Without `auth_token` or a user group every machine that reaches the port reads and changes all sessions.

## Bad
```text main.tf
resource "aws_elasticache_replication_group" "sessions" { # <-
  replication_group_id       = "sessions"
  description                = "sessions"
  transit_encryption_enabled = true
}
```

## Bad: a single node outside a replication group cannot ask for one
```text main.tf
resource "aws_elasticache_cluster" "sessions" { # <-
  cluster_id = "sessions"
  engine     = "redis"
}
```

## Good
```text main.tf
variable "token" {
  sensitive = true
}
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  transit_encryption_enabled = true
  auth_token                 = var.token
}
```

## Good: users with rights of their own
```text main.tf
resource "aws_elasticache_user_group" "app" {
  engine        = "redis"
  user_group_id = "app"
}
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  transit_encryption_enabled = true
  user_group_ids             = [aws_elasticache_user_group.app.id]
}
```

## Fix
Set a password or a user group, with TLS.
```text main.tf
transit_encryption_enabled = true
auth_token                 = var.token
```

## References
- Terraform AWS provider 5.80, aws_elasticache_replication_group, auth_token: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/elasticache_replication_group#auth_token
- Amazon ElastiCache User Guide: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-elasticache-no-authentication",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    cwe=306,
    applies=of_type("aws_elasticache_replication_group", "aws_elasticache_cluster"),
)
def aws_elasticache_no_authentication(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_elasticache_cluster":
        # The resource has no argument for a password; Memcached has none to ask for.
        if known(resource.text("engine")) != "memcached" and not known(resource.has("replication_group_id")):
            yield fail(f"{resource.address} is a single node, which lets clients in without a password")
        return
    if known(resource.has("global_replication_group_id")):
        return
    if not known(resource.has("auth_token")) and not known(resource.has("user_group_ids")):
        yield fail(f"{resource.address} lets clients in without a password")
