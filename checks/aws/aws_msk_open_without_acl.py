"""An MSK cluster opens topics without an ACL to everybody.

## Why it matters
MSK's default of `allow.everyone.if.no.acl.found` is true, the opposite of Apache Kafka's: every client that gets in
may use each topic that nobody wrote an ACL for. Leaving the property out is therefore the same as setting it to true.
Where clients log in with IAM alone, IAM policies decide instead.

## Bad: the property is left out
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT # <-
    min.insync.replicas = 2
  EOT
}
```

## Bad
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    allow.everyone.if.no.acl.found = true # <-
  EOT
}
```

## Bad: a cluster without a configuration of its own has MSK's
```text main.tf
resource "aws_msk_cluster" "events" { # <-
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  client_authentication {
    sasl {
      scram = true
    }
  }
}
```

## Good
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    allow.everyone.if.no.acl.found = false
  EOT
}
```

## Good: IAM policies decide
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    min.insync.replicas = 2
  EOT
}
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  configuration_info {
    arn      = aws_msk_configuration.events.arn
    revision = aws_msk_configuration.events.latest_revision
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
}
```

## Fix
Write ACLs first, for the brokers as well, then close the rest:
```text main.tf
server_properties = <<-EOT
  allow.everyone.if.no.acl.found = false
EOT
```

## References
- Amazon MSK Developer Guide, Apache Kafka ACLs: https://docs.aws.amazon.com/msk/latest/developerguide/msk-acls.html
- Amazon MSK Developer Guide, Default Amazon MSK configuration: https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, of_type

from ._msk import clusters_of, has_only_iam, has_own_configuration, setting

_PROPERTY = "allow.everyone.if.no.acl.found"


@check(
    "aws-msk-open-without-acl",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    cwe=276,
    applies=of_type("aws_msk_configuration", "aws_msk_cluster"),
)
def aws_msk_open_without_acl(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_msk_cluster":
        if not has_own_configuration(resource) and not has_only_iam(resource):
            yield fail(
                f"Every client of {resource.address} may use each topic without an ACL: that is MSK's default",
                expected=f"a configuration with {_PROPERTY} = false",
            )
        return
    value, at = setting(resource, _PROPERTY)
    if value is not None and value.lower() != "true":
        return
    clusters = clusters_of(resource)
    if clusters and all(has_only_iam(cluster) for cluster in clusters):
        return
    state = "sets" if value else "leaves out"
    message = f"Every client may use each topic without an ACL: {resource.address} {state} {_PROPERTY}"
    yield fail(message, at=at, expected=f"{_PROPERTY} = false")
