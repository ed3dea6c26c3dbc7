"""Kafka lets every client do everything.

## Why it matters
Without `authorizer.class.name` no ACL is checked. Every client that gets in reads, writes and deletes all topics and
changes the configuration of the cluster.

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

## Bad: ACL settings without an authorizer
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
super.users=User:admin
allow.everyone.if.no.acl.found=false
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
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
```

## Good: by a variable
```yaml compose.yaml
services:
  kafka:
    image: apache/kafka:3.9.0
    environment:
      KAFKA_LISTENERS: SASL_SSL://:9092
      KAFKA_AUTHORIZER_CLASS_NAME: org.apache.kafka.metadata.authorizer.StandardAuthorizer
```

## Fix
Under KRaft:
```text
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin
```

Under ZooKeeper (up to 3.9): `kafka.security.authorizer.AclAuthorizer`.

## References
- Kafka 3.9 manual, Authorization and ACLs: https://kafka.apache.org/39/documentation.html#security_authz
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-no-authorizer", severity=HIGH, control=Control.AUTHORIZATION, cwe=862)
def kafka_no_authorizer(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if known(broker.text("authorizer.class.name")) == "":
        yield fail(
            f"No ACL is checked: every client may read, change and delete all topics; {broker.exposure.reason}",
            at=broker.where("authorizer.class.name"),
            severity=broker.exposure.scale(HIGH),
            expected="authorizer.class.name",
        )
