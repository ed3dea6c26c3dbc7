"""Kafka listens on every address of its host.

## Why it matters
A listener without a host, or with 0.0.0.0, is open on all networks that the host is part of, also those added later.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://:9093 # <-
security.inter.broker.protocol=SASL_SSL
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
```

## Good: a container has a network of its own
```yaml compose.yaml
services:
  kafka:
    image: apache/kafka:3.9.0
```

## Fix
```text
listeners=SASL_SSL://10.20.0.5:9093
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-binds-all-interfaces", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=1327)
def kafka_binds_all_interfaces(broker: KafkaBroker) -> Iterator[Diagnostic]:

    everywhere = [
        each
        for each in known(broker.listeners)
        if each.address.is_everywhere and broker.exposure_of(each).reach is Reach.HOST_NETWORK
    ]
    if everywhere:
        names = ", ".join(f"{each.name} (port {each.address.port})" for each in everywhere)
        yield fail(
            f"Listening on every address of the host: {names}",
            at=everywhere[0].at,
            expected="the address that clients use",
        )
