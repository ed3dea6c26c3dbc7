"""Kafka Connect keeps too few copies of its own topics.

## Why it matters
A worker keeps connectors, their positions and their state in three topics. With one copy they are lost with one disk:
connectors are gone, or start from the beginning and deliver everything twice.

## Bad
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
config.storage.topic=c
offset.storage.topic=o
status.storage.topic=s
offset.storage.replication.factor=1 # <-
```

## Good: the defaults
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
config.storage.topic=c
offset.storage.topic=o
status.storage.topic=s
```

## Good: as the brokers decide
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
offset.storage.topic=o
offset.storage.replication.factor=-1
```

## Fix
```text
config.storage.replication.factor=3
offset.storage.replication.factor=3
status.storage.replication.factor=3
```

## References
- Kafka 3.9 manual, Kafka Connect: https://kafka.apache.org/39/documentation.html#connect
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaConnect

_NAMES = tuple(f"{topic}.storage.replication.factor" for topic in ("config", "offset", "status"))


@check("kafka-connect-few-replicas", severity=MEDIUM, control=Control.DURABILITY, also=(Control.AVAILABILITY,))
def kafka_connect_few_replicas(worker: KafkaConnect) -> Iterator[Diagnostic]:

    few = [name for name in _NAMES if 0 < known(worker.number(name)) < 2]
    if few:
        yield fail(
            f"One disk holds what the connectors need to go on: {', '.join(few)}",
            at=worker.where(few[0]),
            expected="three copies",
        )
