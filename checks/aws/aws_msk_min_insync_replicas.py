"""An MSK cluster acknowledges messages that only one broker has.

## Why it matters
A producer that asks for `acks=all` is told that its message is safe when `min.insync.replicas` brokers have it. With
1 that is the leader alone once the others lag behind. A configuration that leaves the property out has MSK's default:
2 in three availability zones, but 1 in two.

## Bad
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    unclean.leader.election.enable = false
    min.insync.replicas = 1 # <-
  EOT
}
```

## Bad: left out, in two zones
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT # <-
    unclean.leader.election.enable = false
  EOT
}
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
  configuration_info {
    arn      = aws_msk_configuration.events.arn
    revision = aws_msk_configuration.events.latest_revision
  }
}
```

## Bad: no configuration, in two zones
```text main.tf
resource "aws_msk_cluster" "events" { # <-
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
}
```

## Good
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
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
  configuration_info {
    arn      = aws_msk_configuration.events.arn
    revision = aws_msk_configuration.events.latest_revision
  }
}
```

## Good: left out, in three zones
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    unclean.leader.election.enable = false
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
}
```

## Good: a later line counts
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    min.insync.replicas = 1
    min.insync.replicas = 2
  EOT
}
```

## Fix
Ask for two, with three copies in three zones.
```text main.tf
server_properties = <<-EOT
  min.insync.replicas = 2
  default.replication.factor = 3
EOT
```

## References
- Terraform AWS provider 5.80, aws_msk_configuration, server_properties: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_configuration#server_properties
- Amazon MSK Developer Guide, Default Amazon MSK configuration: https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, is_whole_number, not_evaluated, of_type

from ._msk import clusters_of, has_own_configuration, is_express, setting, zones

_PROPERTY = "min.insync.replicas"
_TWO = "two availability zones"


@check(
    "aws-msk-min-insync-replicas",
    severity=HIGH,
    control=Control.DURABILITY,
    also=(Control.INTEGRITY,),
    applies=of_type("aws_msk_configuration", "aws_msk_cluster"),
)
def aws_msk_min_insync_replicas(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_msk_cluster":
        if not is_express(resource) and not has_own_configuration(resource) and zones(resource) < 3:
            yield fail(
                f"{resource.address} acknowledges messages that one broker has: MSK's default for {_TWO} is 1",
                expected=f"a configuration with {_PROPERTY} = 2",
            )
        return
    value, at = setting(resource, _PROPERTY)
    if value is not None:
        if is_whole_number(value) and int(value) < 2:
            yield fail(
                f"{resource.address} acknowledges messages that one broker has", at=at, expected=f"{_PROPERTY} = 2"
            )
        return
    clusters = [cluster for cluster in clusters_of(resource) if not is_express(cluster)]
    if any(zones(cluster) < 3 for cluster in clusters):
        message = f"{resource.address} leaves out {_PROPERTY}, and MSK's default for {_TWO} is 1"
        yield fail(message, at=at, expected=f"{_PROPERTY} = 2")
    elif not clusters:
        yield not_evaluated(f"MSK's default of {_PROPERTY} depends on the cluster's availability zones")
