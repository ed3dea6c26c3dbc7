r"""An MSK cluster may lose acknowledged messages.

## Why it matters
A custom configuration does not fall back to Apache Kafka's defaults but to MSK's, and there
`unclean.leader.election.enable` is true: after a failure a replica that lags behind may become leader, and
what it lacks is lost. Leaving the property out is therefore the same as setting it to true.

## Bad: the property is left out
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT # <-
    auto.create.topics.enable = false
    min.insync.replicas = 2
  EOT
}
```

## Bad
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    unclean.leader.election.enable = true # <-
  EOT
}
```

## Bad: a cluster without a configuration of its own has MSK's
```text main.tf
resource "aws_msk_cluster" "events" { # <-
  cluster_name = "events"
  broker_node_group_info {
    instance_type = "kafka.m5.large"
  }
}
```

## Good
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    unclean.leader.election.enable = false
    min.insync.replicas = 2
  EOT
}
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type = "kafka.m5.large"
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
    unclean.leader.election.enable = true
    unclean.leader.election.enable : \
      false
  EOT
}
```

## Good: express brokers manage replication themselves
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type = "express.m7g.large"
  }
}
```

## Fix
Switch unclean leader election off.
```text main.tf
server_properties = <<-EOT
  unclean.leader.election.enable = false
  min.insync.replicas = 2
EOT
```

## References
- Amazon MSK Developer Guide: https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
- Amazon MSK Developer Guide: https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
- Terraform AWS provider 5.80, aws_msk_configuration, server_properties: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_configuration#server_properties
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, not_evaluated, of_type

from ._msk import clusters_of, has_own_configuration, is_express, is_tiered, setting

_PROPERTY = "unclean.leader.election.enable"
_EXPECTED = f"{_PROPERTY} = false"


@check(
    "aws-msk-unclean-election",
    severity=HIGH,
    control=Control.DURABILITY,
    also=(Control.INTEGRITY,),
    applies=of_type("aws_msk_configuration", "aws_msk_cluster"),
)
def aws_msk_unclean_election(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_msk_cluster":
        if is_express(resource) or has_own_configuration(resource):
            return
        if is_tiered(resource):
            yield not_evaluated("MSK's defaults for clusters with tiered storage differ")
        else:
            yield fail(
                f"{resource.address} may lose acknowledged messages: {_PROPERTY} is true in MSK's default "
                "configuration",
                expected=f"a configuration with {_EXPECTED}",
            )
        return
    value, at = setting(resource, _PROPERTY)
    if value is not None:
        if value.lower() == "true":
            yield fail(
                f"{resource.address} may lose acknowledged messages: it sets {_PROPERTY}", at=at, expected=_EXPECTED
            )
        return
    clusters = clusters_of(resource)
    if clusters and all(is_express(cluster) or is_tiered(cluster) for cluster in clusters):
        yield not_evaluated("the configuration is for clusters whose default is another one")
    else:
        yield fail(
            f"{resource.address} may lose acknowledged messages: it leaves out {_PROPERTY}, which is true in MSK",
            at=at,
            expected=_EXPECTED,
        )
