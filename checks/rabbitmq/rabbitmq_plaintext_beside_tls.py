"""RabbitMQ keeps a port without TLS open beside the one with TLS.

## Why it matters
A TLS listener does not close the other one: port 5672 stays open until `listeners.tcp = none`. A client with the older
address, or one that an attacker points there, sends its password in clear text.

## Bad
```text rabbitmq.conf
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/rabbitmq/tls/ca.crt
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
```

## Bad: a TCP listener of its own
```text rabbitmq.conf
listeners.ssl.default = 5671
listeners.tcp.inside = 10.20.0.5:5672  # <-
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
```

## Good
```text rabbitmq.conf
listeners.ssl.default = 5671
listeners.tcp = none
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
```

## Good: the other port serves the same host only
```text rabbitmq.conf
listeners.ssl.default = 5671
listeners.tcp.local = 127.0.0.1:5672
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
```

## Fix
```text
listeners.tcp = none
```

## References
- RabbitMQ 4.1 documentation, TLS Support, "Enabling TLS": https://www.rabbitmq.com/docs/ssl
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-plaintext-beside-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def rabbitmq_plaintext_beside_tls(broker: RabbitMq) -> Iterator[Diagnostic]:
    plain = known(broker.plain_remote)
    if plain and known(broker.listeners("ssl")):
        yield fail(
            f"RabbitMQ serves clients without TLS on {plain[0]} beside its TLS listener",
            at=plain[0].at,
            severity=broker.exposure.scale(MEDIUM),
            expected="listeners.tcp = none",
        )
