"""Kafka Connect takes orders from anybody.

## Why it matters
The REST interface creates connectors. A connector reads files of the worker, writes to any system that the worker
reaches, and sees the passwords of all others. It asks for no login unless an extension or client certificates do.

## Bad: the default
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
```

## Bad: a container with a published port
```yaml compose.yaml
services:
  connect:
    image: confluentinc/cp-kafka-connect:7.6.0 # <-
    ports: ["8083:8083"]
    environment:
      CONNECT_BOOTSTRAP_SERVERS: kafka:9092
```

## Bad: TLS alone is no login
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
listeners=https://10.20.0.5:8443 # <-
```

## Good
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
listeners=https://10.20.0.5:8443
listeners.https.ssl.client.auth=required
```

## Good: an extension asks for a login
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
rest.extension.classes=org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension
```

## Good: on this host only
```text connect-distributed.properties
bootstrap.servers=k1:9092
group.id=connect
key.converter=a.B
value.converter=a.B
listeners=http://127.0.0.1:8083
```

## Fix
```text
listeners=https://10.20.0.5:8443
listeners.https.ssl.client.auth=required
```

## References
- Kafka 3.9 manual, Kafka Connect: https://kafka.apache.org/39/documentation.html#connect
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaConnect


@check(
    "kafka-connect-no-authentication",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.CODE_EXECUTION,),
    cwe=306,
)
def kafka_connect_no_authentication(worker: KafkaConnect) -> Iterator[Diagnostic]:

    if known(worker.serves_remote_clients) and not known(worker.asks_who_is_there):
        yield fail(
            f"Whoever reaches the REST interface creates connectors; {worker.exposure.reason}",
            at=worker.rest_at,
            severity=worker.exposure.scale(CRITICAL),
            expected="client certificates, or rest.extension.classes with a login",
        )
