"""RabbitMQ takes TLS clients without a certificate.

## Why it matters
The password alone stands between a client and the queues. Asking for a certificate keeps out whoever has found one; the
default asks for none, and `verify_peer` by itself lets clients without a certificate pass.

## Bad
```text rabbitmq.conf
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/rabbitmq/tls/ca.crt
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
ssl_options.verify = verify_peer  # <-
```

## Good
```text rabbitmq.conf
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/rabbitmq/tls/ca.crt
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
```

## Good: no TLS listener; that is another check's matter
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
```

## Fix
```text
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
```

## References
- RabbitMQ 4.1 documentation, TLS Support, "Peer Verification": https://www.rabbitmq.com/docs/ssl#peer-verification
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-tls-clients-not-verified", severity=LOW, control=Control.AUTHENTICATION, cwe=295)
def rabbitmq_tls_clients_not_verified(broker: RabbitMq) -> Iterator[Diagnostic]:
    listeners = known(broker.listeners("ssl"))
    if not listeners or broker.exposure.is_loopback:
        return
    asks = known(broker.text("ssl_options.verify")) == "verify_peer"
    insists = known(broker.text("ssl_options.fail_if_no_peer_cert")) == "true"
    if not (asks and insists):
        name = "ssl_options.fail_if_no_peer_cert" if asks else "ssl_options.verify"
        explicit = broker.settings.is_explicit(name)
        yield fail(
            f"RabbitMQ takes TLS clients without a certificate on {listeners[0]}",
            at=broker.where(name)
            if explicit
            else broker.where("ssl_options.verify" if asks else "listeners.ssl.default"),
            expected="ssl_options.verify = verify_peer and ssl_options.fail_if_no_peer_cert = true",
        )
