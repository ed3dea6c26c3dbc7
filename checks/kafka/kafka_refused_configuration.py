"""Kafka would refuse to start with this configuration.

## Why it matters
The broker stops at a value or a combination like this. Whatever is running now runs with something else, and the next
restart fails. Its other settings are not judged.

## Bad: a comment behind a value
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
min.insync.replicas=2 # of three # <-
```

## Bad: a listener without a protocol
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=CLIENTS://:9092 # <-
inter.broker.listener.name=CLIENTS
```

## Bad: an address that no client can use
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=PLAINTEXT://:9092
advertised.listeners=PLAINTEXT://0.0.0.0:9092 # <-
```

## Bad: two settings for one thing
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=PLAINTEXT://:9092
inter.broker.listener.name=PLAINTEXT # <-
security.inter.broker.protocol=PLAINTEXT
```

## Bad: a producer
```text producer.properties
bootstrap.servers=kafka1.clinic.example:9093
enable.idempotence=true
acks=1  # <-
```

## Good
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
# of three
min.insync.replicas=2
```

## Good: a key that Kafka does not know is ignored
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
min.insync.replica=two
```

## Fix
Correct the line. Comments need a line of their own.

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kafka import KafkaProducer, KafkaService


@check(
    "kafka-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def kafka_refused_configuration(service: KafkaService) -> Iterator[Diagnostic]:
    who = "The producer" if isinstance(service, KafkaProducer) else "Kafka"
    for problem in service.refused:
        yield fail(f"{who} would refuse to start: {problem.message}", at=problem.at, key=problem.message)
