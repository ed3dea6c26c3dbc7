"""Kafka lets clients in without a password or certificate.

## Why it matters
A client on a PLAINTEXT listener, or on an SSL listener that requires no certificate, is `User:ANONYMOUS` to the
broker. Whoever reaches the port reads and writes topics as far as no ACL stops everybody alike, and nothing ties an
access to a person or a service. Without any listener configured, Kafka opens PLAINTEXT on port 9092.

## Bad: the default
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
```

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=PLAINTEXT://10.20.0.5:9092 # <-
```

## Bad: TLS alone is no login
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SSL://10.20.0.5:9093 # <-
security.inter.broker.protocol=SSL
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Bad: the name of a listener says nothing
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SECURE://10.20.0.5:9092 # <-
listener.security.protocol.map=SECURE:PLAINTEXT
inter.broker.listener.name=SECURE
```

## Bad: a published port of a container
```yaml compose.yaml
services:
  kafka:
    image: apache/kafka:3.9.0 # <-
    ports: ["9092:9092"]
```

## Bad: by variables
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092 # <-
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

## Good: a certificate is required on this listener
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SSL://10.20.0.5:9093
security.inter.broker.protocol=SSL
listener.name.ssl.ssl.client.auth=required
ssl.client.auth=none
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good: the name of a listener says nothing
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=PLAINTEXT_INTERNAL://10.20.0.5:9092
listener.security.protocol.map=PLAINTEXT_INTERNAL:SASL_SSL
inter.broker.listener.name=PLAINTEXT_INTERNAL
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good: by variables
```yaml compose.yaml
services:
  kafka:
    image: bitnami/kafka:3.6
    environment:
      KAFKA_CFG_LISTENERS: CLIENT://:9092
      KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP: CLIENT:SASL_SSL
      KAFKA_CFG_INTER_BROKER_LISTENER_NAME: CLIENT
```

## Fix
Ask every client for SASL over TLS, or for a certificate.
```text
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
```

## References
- Kafka 3.9 manual, Security: https://kafka.apache.org/39/documentation.html#security
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check(
    "kafka-no-authentication",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def kafka_no_authentication(broker: KafkaBroker) -> Iterator[Diagnostic]:

    opened = [each for each in known(broker.broker_listeners) if not known(each.authenticates)]
    if not opened:
        return
    # The listener that lets in most decides the severity.
    worst = max(opened, key=lambda each: broker.exposure_of(each).scale(CRITICAL).rank)
    exposure = broker.exposure_of(worst)
    names = ", ".join(f"{each.name} (port {each.address.port}, {known(each.protocol)})" for each in opened)
    yield fail(
        f"Kafka lets clients in without a password or certificate on {names}; {exposure.reason}",
        at=worst.at,
        severity=exposure.scale(CRITICAL),
        expected="SASL_SSL, or SSL with ssl.client.auth=required",
    )
