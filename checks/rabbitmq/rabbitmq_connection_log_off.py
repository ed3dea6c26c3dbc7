"""RabbitMQ does not log connections.

## Why it matters
Log-ins are in the connection log alone: accepted ones at the level info, refused ones at the level error. Without it
nobody can say afterwards who read a queue, or that somebody tried passwords.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.connection.level = none  # <-
```

## Bad: only failures of the broker itself
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.connection.level = critical  # <-
```

## Bad: the level of the file, which the connection log takes over
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.file.level = error  # <-
```

## Good
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.connection.level = info
```

## Good: a level of its own
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.file.level = error
log.connection.level = info
```

## Good: the level of the file counts more than the default level
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.default.level = error
log.file.level = info
```

## Good: the default, and a later line
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
log.connection.level = none
log.connection.level = info
```

## Fix
```text
log.connection.level = info
```

## References
- RabbitMQ 4.1 documentation, Logging, "Log Message Categories": https://www.rabbitmq.com/docs/logging#log-message-categories
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-connection-log-off", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def rabbitmq_connection_log_off(broker: RabbitMq) -> Iterator[Diagnostic]:
    name = broker.connection_log
    level = known(broker.text(name))
    if level not in {"debug", "info", None}:
        left = "nothing of them" if level == "none" else f"only messages of level {level} or above"
        yield fail(
            f"RabbitMQ does not log connections: {left} is logged",
            at=broker.where(name),
            expected="log.connection.level = info",
        )
