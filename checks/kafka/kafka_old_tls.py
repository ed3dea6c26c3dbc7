"""Kafka accepts TLS 1.0, 1.1 or SSL 3.

## Why it matters
TLS 1.0 and 1.1 are withdrawn (RFC 8996): their ciphers and hashes are broken in parts.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
ssl.enabled.protocols=TLSv1.2,TLSv1.1 # <-
```

## Bad: the default of an old release
```yaml compose.yaml
services:
  kafka:
    image: wurstmeister/kafka:2.11-2.0.0 # <-
    environment:
      KAFKA_LISTENERS: SASL_SSL://:9092
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
ssl.enabled.protocols=TLSv1.2,TLSv1.3
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

## Good: no listener speaks TLS
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_PLAINTEXT://127.0.0.1:9092
ssl.enabled.protocols=TLSv1
```

## Fix
```text
ssl.enabled.protocols=TLSv1.2,TLSv1.3
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def kafka_old_tls(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if not any(known(listener.is_encrypted) for listener in known(broker.listeners)):
        return
    old = sorted(known(broker.words("ssl.enabled.protocols")) & {"TLSv1", "TLSv1.1", "SSLv3", "SSLv2Hello"})
    if old:
        yield fail(
            f"{', '.join(old)} {'is' if len(old) == 1 else 'are'} accepted; {broker.exposure.reason}",
            at=broker.where("ssl.enabled.protocols"),
            severity=broker.exposure.scale(MEDIUM),
            expected="TLSv1.2,TLSv1.3",
        )
