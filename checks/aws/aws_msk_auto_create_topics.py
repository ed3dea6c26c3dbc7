"""An MSK cluster creates a topic for every misspelt name.

## Why it matters
A producer that misspells a topic's name writes into a new one that nobody reads and that no ACL names: messages are
accepted and never arrive. MSK leaves this off; a configuration copied from Kafka switches it on.

## Bad
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    auto.create.topics.enable = true # <-
  EOT
}
```

## Good
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    auto.create.topics.enable = true
    auto.create.topics.enable = false
  EOT
}
```

## Good: left out, which is false in MSK, other than in Kafka
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    min.insync.replicas = 2
  EOT
}
```

## Fix
Create topics on purpose, with their copies and ACLs.

```text main.tf
server_properties = <<-EOT
  auto.create.topics.enable = false
EOT
```

## References
- Amazon MSK Developer Guide, "The default Amazon MSK configuration": https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, of_type

from ._msk import setting

_PROPERTY = "auto.create.topics.enable"


@check(
    "aws-msk-auto-create-topics",
    severity=LOW,
    control=Control.INTEGRITY,
    applies=of_type("aws_msk_configuration"),
)
def aws_msk_auto_create_topics(resource: CloudResource) -> Iterator[Diagnostic]:
    value, at = setting(resource, _PROPERTY)
    if value is not None and value.lower() == "true":
        yield fail(
            f"A client of {resource.address} creates a topic by naming it", at=at, expected=f"{_PROPERTY} = false"
        )
