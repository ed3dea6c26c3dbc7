"""RabbitMQ accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers.

## Bad
```text rabbitmq.conf
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
ssl_options.versions.1 = tlsv1.2
ssl_options.versions.2 = tlsv1.1  # <-
```

## Bad: Erlang terms
```text rabbitmq.config
[{rabbit, [{ssl_listeners, [5671]},
           {ssl_options, [{certfile, "/etc/rabbitmq/tls/broker.crt"},
                          {keyfile, "/etc/rabbitmq/tls/broker.key"},
                          {versions, ['tlsv1.2',
                                      'tlsv1']}]}]}].
```

## Good
```text rabbitmq.conf
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
```

## Good: the versions of a listener that is not there
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
ssl_options.versions.1 = tlsv1.1
```

## Fix
```text
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
```

## References
- RabbitMQ 4.1 documentation, TLS Support, "TLS Versions": https://www.rabbitmq.com/docs/ssl#tls-versions
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def rabbitmq_old_tls(broker: RabbitMq) -> Iterator[Diagnostic]:
    if not known(broker.listeners("ssl")):
        return
    old = {"tlsv1": "TLS 1.0", "tlsv1.1": "TLS 1.1"}
    named = broker.below("ssl_options.versions")
    found = [(old[str(setting.value)], setting.at) for setting in named.values() if str(setting.value) in old]
    if found:
        yield fail(
            f"RabbitMQ accepts {' and '.join(name for name, _ in found)}",
            at=found[0][1],
            severity=broker.exposure.scale(MEDIUM),
            expected="tlsv1.2 and tlsv1.3 only",
        )
