"""Kafka's brokers do not check each other's names.

## Why it matters
An empty `ssl.endpoint.identification.algorithm` means that a broker connects to any server that shows a certificate
of a known authority, whatever name it is for. One leaked certificate is enough to stand in the way.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
ssl.endpoint.identification.algorithm=
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

## Good
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
ssl.endpoint.identification.algorithm=https
```

## Good: no listener speaks TLS
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_PLAINTEXT://127.0.0.1:9092
ssl.endpoint.identification.algorithm=
```

## Fix
```text
ssl.endpoint.identification.algorithm=https
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-host-name-not-verified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=297)
def kafka_host_name_not_verified(broker: KafkaBroker) -> Iterator[Diagnostic]:

    name = "ssl.endpoint.identification.algorithm"
    if not any(known(listener.is_encrypted) for listener in known(broker.listeners)):
        return
    if known(broker.text(name)) == "":
        yield fail(
            "Brokers do not check for which name a certificate is",
            at=broker.where(name),
            expected=f"{name}=https",
        )
