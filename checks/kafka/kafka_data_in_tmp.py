"""Kafka keeps its messages in a folder for temporary files.

## Why it matters
The sample configurations put the messages into `/tmp`, as does a configuration without `log.dirs`. Systems empty it
at a restart, a container loses it when it is replaced, and every local user may write there.

## Bad
```text server.properties
broker.id=1
zookeeper.connect=zk1:2181
log.dirs=/tmp/kafka-logs # <-
```

## Bad: the default
```text server.properties
broker.id=1
zookeeper.connect=zk1:2181
num.network.threads=3
```

## Bad: one of several
```text server.properties
broker.id=1
zookeeper.connect=zk1:2181
log.dirs=/data/1,/var/tmp/2 # <-
```

## Good
```text server.properties
broker.id=1
zookeeper.connect=zk1:2181
log.dirs=/var/lib/kafka
```

## Good: the image's folder
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: SASL_SSL://kafka:9092
```

## Bad: a container without a volume there
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: SASL_SSL://kafka:9092
      KAFKA_LOG_DIRS: /tmp/kafka-logs # <-
    volumes: ["messages:/tmp/other"]
volumes:
  messages: {}
```

## Good: a volume is mounted there
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: SASL_SSL://kafka:9092
      KAFKA_LOG_DIRS: /tmp/kafka-logs
    volumes: ["messages:/tmp/kafka-logs"]
volumes:
  messages: {}
```

## Fix
```text
log.dirs=/var/lib/kafka
```

## References
- Kafka 3.9 manual, Broker Configs: https://kafka.apache.org/39/documentation.html#brokerconfigs
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker

_TEMPORARY = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108  # looked for, not used


@check("kafka-data-in-tmp", severity=HIGH, control=Control.DURABILITY, also=(Control.BACKUP,), cwe=377)
def kafka_data_in_tmp(broker: KafkaBroker) -> Iterator[Diagnostic]:
    folders = sorted(known(broker.data_folders))
    lost = [folder for folder in folders if folder.startswith(_TEMPORARY) and not broker.is_kept(folder)]
    if lost:
        gone = "is gone when the container is replaced" if broker.in_container else "is emptied at a restart"
        yield fail(
            f"Messages are in {lost[0]}, which {gone}",
            at=broker.where("log.dirs" if broker.is_set("log.dirs") else "log.dir"),
            expected="log.dirs on storage that is kept",
        )
