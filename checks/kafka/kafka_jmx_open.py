"""Kafka's JMX port asks for no login.

## Why it matters
Kafka's scripts and those of its images start remote JMX without login and TLS as soon as a port is given. Whoever
reaches it reads and changes the management beans of the process, and such interfaces have been a way to run code.

## Bad
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    ports: ["9101:9101"]
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: SASL_SSL://kafka:9092
      KAFKA_JMX_PORT: 9101 # <-
```

## Bad: written out
```yaml compose.yaml
services:
  kafka:
    image: apache/kafka:3.9.0
    environment:
      KAFKA_JMX_OPTS: -Dcom.sun.management.jmxremote.port=9101 -Dcom.sun.management.jmxremote.authenticate=false # <-
```

## Good: no port
```yaml compose.yaml
services:
  kafka:
    image: apache/kafka:3.9.0
```

## Good: a login is asked for
```yaml compose.yaml
services:
  kafka:
    image: apache/kafka:3.9.0
    environment:
      KAFKA_JMX_OPTS: -Dcom.sun.management.jmxremote.port=9101 -Dcom.sun.management.jmxremote.authenticate=true
```

## Fix
Leave the port away and export metrics inside the container, or ask for a login:
```text
KAFKA_JMX_OPTS=-Dcom.sun.management.jmxremote.authenticate=true -Dcom.sun.management.jmxremote.password.file=/etc/kafka/jmx.password -Dcom.sun.management.jmxremote.ssl=true
```

## References
- Kafka 3.9 manual, Monitoring, security considerations for remote monitoring using JMX: https://kafka.apache.org/39/documentation.html#remote_jmx
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-jmx-open", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.NETWORK_EXPOSURE,), cwe=306)
def kafka_jmx_open(broker: KafkaBroker) -> Iterator[Diagnostic]:

    jmx = known(broker.jmx)
    if jmx is not None:
        at, exposure = jmx
        yield fail(
            f"Remote JMX asks for no login; {exposure.reason}",
            at=at,
            severity=exposure.scale(HIGH),
            expected="no JMX port, or jmxremote.authenticate=true with TLS",
        )
