"""RabbitMQ serves clients of other hosts without TLS.

## Why it matters
Messages and passwords cross the network in clear text; PLAIN, the usual mechanism, sends the password as it is. TLS is
off until `listeners.ssl` is set.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 10.20.0.5:5672  # <-
```

## Bad: without any line it listens on all addresses
```text rabbitmq.conf
heartbeat = 30
```

## Good
```text rabbitmq.conf
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/rabbitmq/tls/ca.crt
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
```

## Good: reachable from the same host only
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
```

## Good: Erlang terms replace the listeners
```text rabbitmq.conf
listeners.tcp.default = 5672
```
```text advanced.config
[{rabbit, [{tcp_listeners, [{"127.0.0.1", 5672}]}]}].
```

## Fix
Serve TLS and close the listener without it.
```text
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/rabbitmq/tls/ca.crt
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
```

## References
- RabbitMQ 4.1 documentation, TLS Support: https://www.rabbitmq.com/docs/ssl
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def rabbitmq_no_tls(broker: RabbitMq) -> Iterator[Diagnostic]:
    plain = known(broker.plain_remote)
    if plain and not known(broker.listeners("ssl")):
        yield fail(
            f"RabbitMQ serves clients without TLS; {broker.exposure.reason}",
            at=plain[0].at,
            severity=broker.exposure.scale(HIGH),
            expected="listeners.ssl.default with a certificate, and listeners.tcp = none",
        )
