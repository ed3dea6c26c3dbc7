"""A policy mirrors queues of RabbitMQ in a way that version 4 ignores.

## Why it matters
`ha-mode` copied classic queues to other nodes. RabbitMQ 4.0 took it out: the policy is accepted, the queues live on one
node, and their messages are gone with it. Up to 3.13 it works, with known ways to lose messages.

## Bad
```json definitions.json
{
  "rabbit_version": "4.0.5",
  "policies": [
    {"vhost": "/", "name": "ha-all", "pattern": ".*", "apply-to": "queues", "definition": {"ha-mode": "all"}}
  ]
}
```

## Good
```json definitions.json
{
  "rabbit_version": "4.0.5",
  "policies": [
    {"vhost": "/", "name": "limits", "pattern": ".*", "apply-to": "queues", "definition": {"delivery-limit": 20}}
  ]
}
```

## Fix
Declare quorum queues, which need no policy:
```text
default_queue_type = quorum
```

## References
- RabbitMQ 3.13 documentation, Classic Queue Mirroring (removed in 4.0): https://www.rabbitmq.com/docs/3.13/ha
- RabbitMQ 4.1 documentation, Quorum Queues: https://www.rabbitmq.com/docs/quorum-queues
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.rabbitmq import RabbitDefinitions


@check("rabbitmq-mirrored-policy", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.DURABILITY,))
def rabbitmq_mirrored_policy(definitions: RabbitDefinitions) -> Iterator[Diagnostic]:
    for policy in definitions.policies:
        if "ha-mode" in policy.keys:
            yield fail(
                f"The policy {policy.name} mirrors classic queues, which RabbitMQ 4 ignores",
                at=policy.at,
                key=policy.name,
                expected="quorum queues",
            )
