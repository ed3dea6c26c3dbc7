"""Kafka opens topics without an ACL to everybody.

## Why it matters
With `allow.everyone.if.no.acl.found=true` every client may use what nobody wrote an ACL for, so that each new topic
is open until somebody thinks of it.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
allow.everyone.if.no.acl.found=true # <-
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
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
```

## Good: a later line counts
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
allow.everyone.if.no.acl.found=true
allow.everyone.if.no.acl.found=false
```

## Fix
```text
allow.everyone.if.no.acl.found=false
```

## References
- Kafka 3.9 manual, Authorization and ACLs: https://kafka.apache.org/39/documentation.html#security_authz
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-open-without-acl", severity=HIGH, control=Control.AUTHORIZATION, cwe=276)
def kafka_open_without_acl(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if known(broker.text("authorizer.class.name")) and known(broker.flag("allow.everyone.if.no.acl.found")):
        yield fail(
            f"Every client may use each topic without an ACL; {broker.exposure.reason}",
            at=broker.where("allow.everyone.if.no.acl.found"),
            severity=broker.exposure.scale(HIGH),
            expected="allow.everyone.if.no.acl.found=false",
        )
