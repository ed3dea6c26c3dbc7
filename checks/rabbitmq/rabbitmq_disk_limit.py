"""RabbitMQ accepts messages until the disk is almost full.

## Why it matters
Below the limit of free disk space the broker stops taking messages. The default of 50 MB is used up before it acts: a
full disk stops the node, and a message store that could not be written can be damaged.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
disk_free_limit.absolute = 50MB  # <-
```

## Bad: the default
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
```

## Good
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
disk_free_limit.absolute = 4GB
```

## Good: as much as memory
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
disk_free_limit.relative = 1.0
```

## Fix
```text
disk_free_limit.relative = 1.0
```

## References
- RabbitMQ 4.1 documentation, Production Checklist, "Free Disk Space": https://www.rabbitmq.com/docs/production-checklist#resource-limits-disk-space
- RabbitMQ 4.1 documentation, Free Disk Space Alarms: https://www.rabbitmq.com/docs/disk-alarms
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq

_ENOUGH = 1_000_000_000
"""Bytes; the production checklist asks for as much as the memory limit, which no file tells."""


@check("rabbitmq-disk-limit", severity=LOW, control=Control.AVAILABILITY, also=(Control.RESOURCE_LIMITS,), cwe=400)
def rabbitmq_disk_limit(broker: RabbitMq) -> Iterator[Diagnostic]:
    limit = known(broker.disk_limit)
    if limit is not None and limit < _ENOUGH:
        yield fail(
            f"RabbitMQ accepts messages until {limit // 1_000_000} MB of disk space are left",
            at=broker.where("disk_free_limit.absolute"),
            expected="disk_free_limit.relative = 1.0",
        )
