"""An MSK cluster may lose acknowledged messages.

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
  server_properties = <<-EOT # <-
    unclean.leader.election.enable = true
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

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, not_evaluated, of_type

_PROPERTY = "unclean.leader.election.enable"


def _properties(text: str) -> dict[str, str]:
    """Read Java properties of the simple form that MSK accepts; the last assignment of a key counts."""
    pairs = (line.partition("=") for line in text.splitlines() if line.strip()[:1] not in {"#", "!", ""})
    return {key.strip(): value.strip() for key, _, value in pairs}


@check(
    "aws-msk-unclean-election",
    severity=HIGH,
    control=Control.DURABILITY,
    also=(Control.INTEGRITY,),
    applies=of_type("aws_msk_configuration", "aws_msk_cluster"),
)
def aws_msk_unclean_election(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_msk_cluster":
        if known(resource.text("broker_node_group_info.instance_type")).startswith("express."):
            return
        if known(resource.text("storage_mode", default="LOCAL")) == "TIERED":
            yield not_evaluated("MSK's defaults for clusters with tiered storage differ")
        elif not known(resource.has("configuration_info")):
            yield fail(
                f"{resource.address} may lose acknowledged messages: {_PROPERTY} is true in MSK's default configuration"
            )
        return
    value = _properties(known(resource.text("server_properties"))).get(_PROPERTY)
    if value is None or value.lower() == "true":
        state = "sets" if value else "leaves out"
        message = f"{resource.address} may lose acknowledged messages: it {state} {_PROPERTY}"
        yield fail(message, at=resource.where("server_properties"))
