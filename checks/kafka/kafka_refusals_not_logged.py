"""Kafka does not log which accesses its ACLs refuse.

## Why it matters
An access that an ACL refuses is written at the level INFO by the logger `kafka.authorizer.logger`. Above that level
nobody sees that an account tries topics it has no right to, which is how a stolen login is noticed. Kafka's own
`log4j.properties` has the logger at INFO; the one that Confluent's image makes has it at WARN.

## Bad: in the file
```text config/server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
```
```text config/log4j.properties
log4j.rootLogger=INFO, stdout
log4j.logger.kafka.authorizer.logger=WARN, authorizerAppender  # <-
```

## Bad: by the image
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0  # <-
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: SASL_SSL://kafka:9093
      KAFKA_SECURITY_INTER_BROKER_PROTOCOL: SASL_SSL
      KAFKA_AUTHORIZER_CLASS_NAME: kafka.security.authorizer.AclAuthorizer
```

## Good
```text config/server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
```
```text config/log4j.properties
log4j.rootLogger=WARN, stdout
log4j.logger.kafka=WARN
log4j.logger.kafka.authorizer.logger=INFO, authorizerAppender
```

## Good: a variable says so
```yaml compose.yaml
services:
  kafka:
    image: confluentinc/cp-kafka:7.6.0
    environment:
      KAFKA_ZOOKEEPER_CONNECT: zk:2181
      KAFKA_ADVERTISED_LISTENERS: SASL_SSL://kafka:9093
      KAFKA_SECURITY_INTER_BROKER_PROTOCOL: SASL_SSL
      KAFKA_AUTHORIZER_CLASS_NAME: kafka.security.authorizer.AclAuthorizer
      KAFKA_LOG4J_LOGGERS: kafka.controller=INFO,kafka.authorizer.logger=INFO
```

## Fix
```text log4j.properties
log4j.logger.kafka.authorizer.logger=INFO, authorizerAppender
```

In Confluent's image: `KAFKA_LOG4J_LOGGERS: kafka.authorizer.logger=INFO`.

## References
- Kafka 3.9 manual, Authorization and ACLs: https://kafka.apache.org/39/documentation.html#security_authz
- Confluent Platform 7.6, "Configure Docker Logging": https://docs.confluent.io/platform/7.6/installation/docker/operations/logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-refusals-not-logged", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def kafka_refusals_not_logged(broker: KafkaBroker) -> Iterator[Diagnostic]:
    if not known(broker.checks_acls):
        return
    log = broker.denials
    if log is not None and not known(known(log).is_written):
        yield fail(
            f"Accesses that ACLs refuse are not logged: kafka.authorizer.logger writes from {known(log).level} on",
            at=known(log).at,
            expected="kafka.authorizer.logger at INFO",
        )
