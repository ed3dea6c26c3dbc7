"""A Kafka producer does not wait until its messages are safe.

## Why it matters
With `acks=0` a producer takes a message for sent once it has left its own buffer: what a broker refuses or never gets is
lost without an error. With `acks=1` the leader's copy alone counts, and is gone with the leader. Either makes the
brokers' `min.insync.replicas` worthless for an admission or a laboratory result that this producer sends.

## Bad
```text producer.properties
bootstrap.servers=kafka1.clinic.example:9093
key.serializer=org.apache.kafka.common.serialization.StringSerializer
acks=0  # <-
```

## Bad: the leader alone
```text producer.properties
bootstrap.servers=kafka1.clinic.example:9093
key.serializer=org.apache.kafka.common.serialization.StringSerializer
acks = 1  # <-
enable.idempotence = false
```

## Good
```text producer.properties
bootstrap.servers=kafka1.clinic.example:9093
key.serializer=org.apache.kafka.common.serialization.StringSerializer
acks=all
```

## Good: the same as all, by a later line
```text producer.properties
bootstrap.servers=kafka1.clinic.example:9093
key.serializer=org.apache.kafka.common.serialization.StringSerializer
acks=0
acks=-1
```

## Fix
```text producer.properties
acks=all
enable.idempotence=true
```

## References
- Kafka 3.9 manual, Producer Configs (acks, enable.idempotence): https://kafka.apache.org/39/documentation.html#producerconfigs
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaProducer


@check("kafka-producer-unacknowledged", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def kafka_producer_unacknowledged(producer: KafkaProducer) -> Iterator[Diagnostic]:
    copies = known(producer.acknowledgements)
    if copies == "0":
        message = "The producer waits for no acknowledgement: a message that no broker takes is lost without an error"
        yield fail(message, at=producer.where("acks"), expected="acks=all")
    elif copies == "1":
        message = "The producer counts a message as sent once one broker has it"
        yield fail(message, at=producer.where("acks"), severity=MEDIUM, expected="acks=all")
