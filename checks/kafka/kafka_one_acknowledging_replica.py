"""Kafka acknowledges messages that only one broker has.

## Why it matters
A producer that asks for `acks=all` is told that its message is safe when `min.insync.replicas` brokers have it. With
1, the default, that is the leader alone as soon as the others lag behind, and the message is lost with its disk.

## Bad: the default
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
default.replication.factor=3
```

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
default.replication.factor=3
min.insync.replicas=1 # <-
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

## Good: a controller keeps no messages
```text server.properties
process.roles=controller
node.id=1
controller.quorum.voters=1@k1:9093
controller.listener.names=CONTROLLER
listeners=CONTROLLER://:9093
log.dirs=/var/lib/kafka
```

## Fix
```text
min.insync.replicas=2
default.replication.factor=3
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-one-acknowledging-replica", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def kafka_one_acknowledging_replica(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if known(broker.is_broker) and known(broker.number("min.insync.replicas")) < 2:
        yield fail(
            "A message counts as safe when one broker has it (min.insync.replicas is 1)",
            at=broker.where("min.insync.replicas"),
            expected="min.insync.replicas=2 with three replicas",
        )
