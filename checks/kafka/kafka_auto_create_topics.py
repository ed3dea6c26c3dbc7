"""Kafka creates a topic for every misspelt name.

## Why it matters
With `auto.create.topics.enable`, the default, a client that names a topic that does not exist makes one, with the
default number of copies and no ACL of its own. Messages then go where nobody reads them or looks after them.

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

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
auto.create.topics.enable=true # <-
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
auto.create.topics.enable=false
```

## Fix
```text
auto.create.topics.enable=false
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-auto-create-topics", severity=LOW, control=Control.INTEGRITY)
def kafka_auto_create_topics(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if known(broker.is_broker) and known(broker.flag("auto.create.topics.enable")):
        yield fail(
            "A client creates a topic by naming it",
            at=broker.where("auto.create.topics.enable"),
            expected="auto.create.topics.enable=false",
        )
