"""RabbitMQ never notices that a client is gone.

## Why it matters
Without heartbeats a connection whose client died stays logged in, with its locks and unacknowledged messages: an
exclusive consumer's queue stands still until the operating system gives up, by default after hours.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
heartbeat = 0  # <-
```

## Good
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
heartbeat = 30
```

## Good: the default
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
```

## Fix
```text
heartbeat = 60
```

## References
- RabbitMQ 4.1 documentation, Detecting Dead TCP Connections with Heartbeats: https://www.rabbitmq.com/docs/heartbeats
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check(
    "rabbitmq-heartbeat-off", severity=LOW, control=Control.SESSION_MANAGEMENT, also=(Control.AVAILABILITY,), cwe=613
)
def rabbitmq_heartbeat_off(broker: RabbitMq) -> Iterator[Diagnostic]:
    if known(broker.number("heartbeat")) == 0:
        yield fail(
            "RabbitMQ keeps connections of clients that are gone: heartbeats are off",
            at=broker.where("heartbeat"),
            expected="heartbeat = 60",
        )
