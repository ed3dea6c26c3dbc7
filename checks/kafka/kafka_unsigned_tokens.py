"""Kafka accepts tokens that nobody signed.

## Why it matters
The mechanism OAUTHBEARER checks no signature unless a callback handler is set for the listener. Anybody writes a
token with any name in it and is let in under that name. The manual calls it unsuitable for production.

## Bad
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093 # <-
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=OAUTHBEARER
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Bad: Kafka does not look under this name
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093 # <-
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=OAUTHBEARER
sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=OAUTHBEARER
listener.name.sasl_ssl.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Good: another mechanism on this listener
```text server.properties
broker.id=1
log.dirs=/var/lib/kafka
zookeeper.connect=zk1:2181
listeners=SASL_SSL://10.20.0.5:9093
security.inter.broker.protocol=SASL_SSL
sasl.enabled.mechanisms=OAUTHBEARER
listener.name.sasl_ssl.sasl.enabled.mechanisms=SCRAM-SHA-512
ssl.keystore.location=/etc/kafka/tls/server.p12
```

## Fix
```text
listener.name.sasl_ssl.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
sasl.oauthbearer.jwks.endpoint.url=https://login.example.org/keys
```

## References
- Kafka 3.9 manual, Authentication using SASL/OAUTHBEARER: https://kafka.apache.org/39/documentation.html#security_sasl_oauthbearer
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kafka import KafkaBroker


@check("kafka-unsigned-tokens", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=347)
def kafka_unsigned_tokens(broker: KafkaBroker) -> Iterator[Diagnostic]:

    for listener in known(broker.listeners):
        if known(broker.accepts_unsigned_tokens(listener)):
            exposure = broker.exposure_of(listener)
            yield fail(
                f"Listener {listener.name} (port {listener.address.port}) takes tokens that nobody signed; {exposure.reason}",
                at=listener.at,
                severity=exposure.scale(CRITICAL),
                key=listener.name,
                expected="a callback handler for oauthbearer that checks signatures",
            )
