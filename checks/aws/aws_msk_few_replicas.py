"""An MSK cluster keeps fewer than three copies.

## Why it matters
With three copies, two of which must acknowledge, one broker may fail and messages are still both safe and accepted.
In two availability zones MSK keeps two copies of a new topic: either one failure stops writing, or a message can be
lost.

## Bad
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    min.insync.replicas = 2
    default.replication.factor = 2 # <-
  EOT
}
```

## Bad: two zones
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id] # <-
  }
}
```

## Bad: every copy must acknowledge, so that writing stops whenever MSK restarts a broker
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    default.replication.factor = 3
    min.insync.replicas = 3 # <-
  EOT
}
```

## Good
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    default.replication.factor = 3
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

## Good: left out, which is three in three zones
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
}
```

## Fix
Spread the brokers over three availability zones and keep three copies.
```text main.tf
client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
```

## References
- Amazon MSK Developer Guide, Best practices for Standard brokers: https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html
- Amazon MSK Developer Guide, Default Amazon MSK configuration: https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, is_whole_number, of_type

from ._msk import is_express, setting, zones

_MOST = 3
"""Copies that MSK gives a new topic in three availability zones; two in two."""


@check(
    "aws-msk-few-replicas",
    severity=MEDIUM,
    control=Control.AVAILABILITY,
    also=(Control.DURABILITY,),
    applies=of_type("aws_msk_configuration", "aws_msk_cluster"),
)
def aws_msk_few_replicas(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_msk_cluster":
        if not is_express(resource) and zones(resource) < 3:
            message = f"The brokers of {resource.address} are in {zones(resource)} availability zones"
            yield fail(message, at=resource.where("broker_node_group_info.client_subnets"), expected="three subnets")
        return
    value, at = setting(resource, "default.replication.factor")
    copies = int(value) if value is not None and is_whole_number(value) else _MOST
    if copies < _MOST:
        yield fail(
            f"{resource.address} gives new topics {copies} copies", at=at, expected="default.replication.factor = 3"
        )
        return
    value, at = setting(resource, "min.insync.replicas")
    if value is not None and is_whole_number(value) and int(value) >= copies:
        yield fail(
            f"{resource.address} stops taking messages while one broker is down: {value} of {copies} copies must "
            "acknowledge",
            at=at,
            expected=f"min.insync.replicas = {copies - 1}",
        )
