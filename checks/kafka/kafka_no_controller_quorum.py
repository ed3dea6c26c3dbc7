"""Kafka's metadata are on too few controllers.

## Why it matters
Under KRaft the controllers keep the cluster's metadata and vote. One controller is one failure away from a cluster
that elects no leaders; two are no better.

## Bad
```text server.properties
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@k1:9093 # <-
controller.listener.names=CONTROLLER
listeners=SASL_SSL://:9092,CONTROLLER://:9093
listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:SASL_SSL
log.dirs=/var/lib/kafka
security.inter.broker.protocol=SASL_SSL
```

## Good
```text server.properties
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@k1:9093,2@k2:9093,3@k3:9093
controller.listener.names=CONTROLLER
log.dirs=/var/lib/kafka
listeners=SASL_SSL://:9092,CONTROLLER://:9093
listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:SASL_SSL
security.inter.broker.protocol=SASL_SSL
```

## Good: the metadata are in ZooKeeper
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Fix
Run three controllers, each on a host of its own.
```text
controller.quorum.voters=1@k1.example.org:9093,2@k2.example.org:9093,3@k3.example.org:9093
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-no-controller-quorum", severity=MEDIUM, control=Control.AVAILABILITY)
def kafka_no_controller_quorum(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if known(broker.uses_zookeeper):
        return
    voters = known(broker.voters)
    if 0 < voters < 3:
        name = (
            "controller.quorum.voters"
            if broker.is_set("controller.quorum.voters")
            else "controller.quorum.bootstrap.servers"
        )
        yield fail(
            f"The cluster's metadata are on {voters} controller{'s' if voters > 1 else ''}: it survives no failure of one",
            at=broker.where(name),
            expected="three controllers",
        )
