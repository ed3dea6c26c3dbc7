"""Kafka keeps too few copies of offsets and transactions.

## Why it matters
Offsets tell what a consumer has seen; transactions, what belongs together. With one copy both are lost with one disk,
and consumers skip messages or process them twice. Kafka's defaults are three copies; sample files set one.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
offsets.topic.replication.factor=1 # <-
```

## Bad: both
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
offsets.topic.replication.factor=1 # <-
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
```

## Good: the defaults
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
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
offsets.topic.replication.factor=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
```

## Fix
```text
offsets.topic.replication.factor=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker

_LEAST = {
    "offsets.topic.replication.factor": 2,
    "transaction.state.log.replication.factor": 2,
    "transaction.state.log.min.isr": 2,
}


@check("kafka-internal-topics-few-replicas", severity=MEDIUM, control=Control.DURABILITY, also=(Control.AVAILABILITY,))
def kafka_internal_topics_few_replicas(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if not known(broker.is_broker):
        return
    few = [name for name, least in _LEAST.items() if known(broker.number(name)) < least]
    if few:
        values = ", ".join(f"{name} is {known(broker.number(name))}" for name in few)
        yield fail(
            f"Offsets or transactions are lost with one broker: {values}",
            at=broker.where(few[0]),
            expected="three copies, two of which acknowledge",
        )
