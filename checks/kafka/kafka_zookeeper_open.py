"""Kafka leaves its metadata in ZooKeeper open to everybody.

## Why it matters
Up to 3.9 Kafka can keep topics, ACLs and SCRAM secrets in ZooKeeper. Unless `zookeeper.set.acl` is true it creates
them so that every client of ZooKeeper may change them, and with them who may do what.

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
zookeeper.set.acl=false # <-
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
zookeeper.set.acl=true
```

## Good: KRaft
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

## Fix
Let the brokers log in to ZooKeeper (SASL or TLS with certificates), and:
```text
zookeeper.set.acl=true
```

or move to KRaft.

## References
- Kafka 3.9 manual, ZooKeeper Authentication: https://kafka.apache.org/39/documentation.html#zk_authz
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-zookeeper-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def kafka_zookeeper_open(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if not known(broker.uses_zookeeper) or not known(broker.text("zookeeper.connect")):
        return
    if not known(broker.flag("zookeeper.set.acl")):
        yield fail(
            "Every client of ZooKeeper may change topics and ACLs: Kafka creates them without ACLs of their own",
            at=broker.where("zookeeper.set.acl"),
            expected="zookeeper.set.acl=true with a login to ZooKeeper",
        )
