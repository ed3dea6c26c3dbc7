"""Kafka may make a replica leader that lacks acknowledged messages.

## Why it matters
With `unclean.leader.election.enable=true` a replica that lagged behind becomes leader when no other one is left. What
it lacks is gone, although the producer was told that it is safe: results, orders and admissions disappear without a
trace.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
unclean.leader.election.enable=true # <-
```

## Bad: by a variable
```yaml compose.yaml
services:
  kafka:
    image: wurstmeister/kafka:2.13-2.8.1
    environment:
      KAFKA_LISTENERS: SASL_SSL://:9092
      KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: "true" # <-
```

## Good: the default
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good: a key in other letters is not this one
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
Unclean.leader.election.enable=true
```

## Fix
```text
unclean.leader.election.enable=false
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-unclean-election", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def kafka_unclean_election(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if known(broker.is_broker) and known(broker.flag("unclean.leader.election.enable")):
        yield fail(
            "A replica that lags behind may become leader, and acknowledged messages are lost",
            at=broker.where("unclean.leader.election.enable"),
            expected="unclean.leader.election.enable=false",
        )
