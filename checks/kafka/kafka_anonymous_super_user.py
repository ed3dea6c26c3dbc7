"""Kafka's super user is everybody.

## Why it matters
`User:ANONYMOUS` is whoever comes without a login. As a super user that client passes every ACL.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=PLAINTEXT://10.20.0.5:9092
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
super.users=User:admin;User:ANONYMOUS # <-
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
super.users=User:admin
```

## Good: names are divided by semicolons
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
authorizer.class.name=kafka.security.authorizer.AclAuthorizer
super.users=User:CN=broker,OU=User:ANONYMOUS
```

## Fix
Remove `User:ANONYMOUS` and let the brokers log in.
```text
super.users=User:admin;User:broker
```

## References
- Kafka 3.9 manual, Authorization and ACLs: https://kafka.apache.org/39/documentation.html#security_authz
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-anonymous-super-user", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=250)
def kafka_anonymous_super_user(broker: KafkaBroker) -> Iterator[Diagnostic]:

    if "User:ANONYMOUS" in known(broker.super_users) and known(broker.text("authorizer.class.name")):
        yield fail(
            f"Whoever comes without a login is a super user; {broker.exposure.reason}",
            at=broker.where("super.users"),
            severity=broker.exposure.scale(CRITICAL),
            expected="super.users without User:ANONYMOUS",
        )
