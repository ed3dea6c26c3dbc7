"""Kafka never asks a connected client for its login again.

## Why it matters
With `connections.max.reauth.ms=0`, the default, a connection stays logged in for as long as it is open. A user that
was taken away, or a token that has expired, still works until the client goes by itself.

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

## Good
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
connections.max.reauth.ms=3600000
```

## Good: set for the listener
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
listener.name.sasl_ssl.scram-sha-512.connections.max.reauth.ms=3600000
```

## Fix
```text
connections.max.reauth.ms=3600000
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-no-reauthentication", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def kafka_no_reauthentication(broker: KafkaBroker) -> Iterator[Diagnostic]:

    name = "connections.max.reauth.ms"
    listeners = [each for each in known(broker.broker_listeners) if known(each.protocol).startswith("SASL_")]
    if not listeners or any(each.endswith(f".{name}") for each in broker.settings):
        return
    if known(broker.number(name)) == 0:
        yield fail(
            "A connection stays logged in for ever, also when its user is taken away",
            at=broker.where(name),
            expected=f"{name}=3600000",
        )
