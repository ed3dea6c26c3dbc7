"""A queue in RabbitMQ's definitions is gone after a restart.

## Why it matters
A queue that is not durable goes with the broker's next restart, and its messages with it, also those that senders
marked as persistent.

## Bad
```json definitions.json
{
  "rabbit_version": "4.1.0",
  "queues": [
    {"name": "lab-results", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {}},
    {"name": "intake", "vhost": "/", "durable": false, "auto_delete": false, "arguments": {}}
  ]
}
```

## Good
```json definitions.json
{
  "rabbit_version": "4.1.0",
  "queues": [
    {"name": "intake", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {"x-queue-type": "quorum"}}
  ]
}
```

## Fix
Declare the queue as durable, best as a quorum queue:
```json
{"name": "intake", "vhost": "/", "durable": true, "auto_delete": false, "arguments": {"x-queue-type": "quorum"}}
```

## References
- RabbitMQ 4.1 documentation, Queues, "Durability": https://www.rabbitmq.com/docs/queues#durability
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.rabbitmq import RabbitDefinitions


@check("rabbitmq-queue-not-durable", severity=LOW, control=Control.DURABILITY)
def rabbitmq_queue_not_durable(definitions: RabbitDefinitions) -> Iterator[Diagnostic]:
    for queue in definitions.queues:
        if not queue.is_durable:
            yield fail(
                f"The queue {queue.name} and its messages are gone after a restart: it is not durable",
                at=queue.at,
                key=queue.name,
                expected='"durable": true',
            )
