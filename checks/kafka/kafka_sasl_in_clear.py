"""Kafka's clients log in without TLS.

## Why it matters
On a SASL_PLAINTEXT listener the messages cross the network in clear text, and with the mechanism PLAIN the password
as well. Whoever listens on the way reads both.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_PLAINTEXT://10.20.0.5:9092 # <-
security.inter.broker.protocol=SASL_PLAINTEXT
```

## Bad: by the map
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=CLIENTS://10.20.0.5:9092
listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT # <-
inter.broker.listener.name=CLIENTS
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

## Good: on this host only
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_PLAINTEXT://127.0.0.1:9092
security.inter.broker.protocol=SASL_PLAINTEXT
```

## Fix
```text
listeners=SASL_SSL://10.20.0.5:9093
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## References
- Kafka 3.9 manual, Security: https://kafka.apache.org/39/documentation.html#security
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-sasl-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kafka_sasl_in_clear(broker: KafkaBroker) -> Iterator[Diagnostic]:

    for listener in known(broker.listeners):
        exposure = broker.exposure_of(listener)
        if known(listener.protocol) != "SASL_PLAINTEXT" or exposure.is_loopback:
            continue
        password = "PLAIN" in known(listener.mechanisms)
        yield fail(
            f"Messages{' and passwords' if password else ''} cross the network in clear text on listener "
            f"{listener.name} (port {listener.address.port}); {exposure.reason}",
            at=listener.protocol_at,
            severity=exposure.scale(HIGH),
            key=listener.name,
            expected="SASL_SSL",
        )
