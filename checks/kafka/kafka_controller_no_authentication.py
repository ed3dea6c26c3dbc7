"""Kafka's controller lets anybody in.

## Why it matters
The controllers keep the cluster's metadata: topics, ACLs, the users and their SCRAM secrets. A PLAINTEXT controller
listener, or SSL without client certificates, lets whoever reaches it register as a broker or change them.

## Bad
```text server.properties
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@k1:9093,2@k2:9093,3@k3:9093
controller.listener.names=CONTROLLER
log.dirs=/var/lib/kafka
listeners=SASL_SSL://:9092,CONTROLLER://:9093
listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT # <-
security.inter.broker.protocol=SASL_SSL
ssl.keystore.location=/etc/kafka/tls/server.p12
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
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good: certificates are required
```text server.properties
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@k1:9093,2@k2:9093,3@k3:9093
controller.listener.names=CONTROLLER
log.dirs=/var/lib/kafka
listeners=SASL_SSL://:9092,CONTROLLER://:9093
listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:SSL
listener.name.controller.ssl.client.auth=required
security.inter.broker.protocol=SASL_SSL
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good: a broker has no such port
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
```text
listener.security.protocol.map=CONTROLLER:SSL,CLIENT:SASL_SSL
listener.name.controller.ssl.client.auth=required
```

## References
- Kafka 3.9 manual, Security: https://kafka.apache.org/39/documentation.html#security
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check(
    "kafka-controller-no-authentication",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def kafka_controller_no_authentication(broker: KafkaBroker) -> Iterator[Diagnostic]:

    for listener in known(broker.listeners):
        if listener.is_controller and not known(listener.authenticates):
            exposure = broker.exposure_of(listener)
            yield fail(
                f"Whoever reaches controller listener {listener.name} (port {listener.address.port}, "
                f"{known(listener.protocol)}) may change the cluster's metadata; {exposure.reason}",
                at=listener.protocol_at,
                severity=exposure.scale(HIGH),
                key=listener.name,
                expected="SASL_SSL, or SSL with ssl.client.auth=required",
            )
