"""Kafka keeps too few copies of new topics.

## Why it matters
A topic that is created without a number of its own has `default.replication.factor` copies. With 1, the default, its
messages are gone with one disk; with as many as `min.insync.replicas` asks for, writing stops when one broker does.

## Bad: the default
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Bad: no broker may be missing
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
default.replication.factor=2 # <-
min.insync.replicas=2
```

## Bad: every one of three must acknowledge
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
default.replication.factor=3
min.insync.replicas=3 # <-
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
default.replication.factor=3
min.insync.replicas=2
```

## Fix
Three copies, two of which acknowledge.

```text
default.replication.factor=3
min.insync.replicas=2
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-few-replicas", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.DURABILITY,))
def kafka_few_replicas(broker: KafkaBroker) -> Iterator[Diagnostic]:
    if not known(broker.is_broker):
        return
    copies, needed = known(broker.number("default.replication.factor")), known(broker.number("min.insync.replicas"))
    if copies < 2 or (copies == 2 and needed == 2):
        what = "one copy" if copies < 2 else "2 copies, both of which must acknowledge"
        yield fail(
            f"A new topic has {what}",
            at=broker.where("default.replication.factor"),
            expected="default.replication.factor=3",
        )
    elif copies <= needed:
        yield fail(
            f"A new topic has {copies} copies, and {needed} must acknowledge: writing stops when one broker does",
            at=broker.where("min.insync.replicas"),
            expected=f"min.insync.replicas={copies - 1}",
        )
