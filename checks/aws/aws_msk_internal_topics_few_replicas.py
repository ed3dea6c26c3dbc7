"""An MSK cluster keeps too few copies of offsets and transactions.

## Why it matters
Consumers note in an internal topic how far they have read, and transactions are in another. With one copy of these they
are gone with one broker: laboratory messages are skipped, or taken in twice. Left out, MSK keeps enough of them.

## Bad
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    default.replication.factor = 3
    offsets.topic.replication.factor = 1 # <-
  EOT
}
```

## Bad: transactions that one copy acknowledges
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    offsets.topic.replication.factor = 3
    transaction.state.log.replication.factor = 3
    transaction.state.log.min.isr = 1 # <-
  EOT
}
```

## Good
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    offsets.topic.replication.factor = 3
    transaction.state.log.replication.factor = 3
    transaction.state.log.min.isr = 2
  EOT
}
```

## Good: left out
```text main.tf
resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-EOT
    # offsets.topic.replication.factor = 1
    default.replication.factor = 3
  EOT
}
```

## Fix
```text main.tf
server_properties = <<-EOT
  offsets.topic.replication.factor = 3
  transaction.state.log.replication.factor = 3
  transaction.state.log.min.isr = 2
EOT
```

## References
- Amazon MSK Developer Guide, "Custom Amazon MSK configurations": https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
- Amazon MSK Developer Guide, "The default Amazon MSK configuration": https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, is_whole_number, of_type

from ._msk import setting

_EXPECTED = {
    "offsets.topic.replication.factor": 3,
    "transaction.state.log.replication.factor": 3,
    "transaction.state.log.min.isr": 2,
}


@check(
    "aws-msk-internal-topics-few-replicas",
    severity=MEDIUM,
    control=Control.DURABILITY,
    also=(Control.AVAILABILITY,),
    applies=of_type("aws_msk_configuration"),
)
def aws_msk_internal_topics_few_replicas(resource: CloudResource) -> Iterator[Diagnostic]:
    for name, expected in _EXPECTED.items():
        value, at = setting(resource, name)
        if value is not None and is_whole_number(value) and int(value) < 2:
            yield fail(
                f"{resource.address} loses offsets or transactions with one broker: {name} is {value}",
                at=at,
                key=name,
                expected=f"{name} = {expected}",
            )
