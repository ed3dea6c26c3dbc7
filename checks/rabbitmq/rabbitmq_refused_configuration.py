"""RabbitMQ would refuse to start with this configuration, or ignore a part of it.

## Why it matters
The broker reads its files before anything else and stops at a line it does not understand. Whatever is running now runs
with something else, and the next restart fails. Its other settings are not judged.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
heartbeat = often  # <-
```

## Bad: no equals sign
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
heartbeat 30  # <-
```

## Bad: TLS options that exclude each other, so that no TLS listener is opened
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
listeners.ssl.default = 5671
ssl_options.cacertfile = /etc/rabbitmq/tls/ca.crt
ssl_options.certfile = /etc/rabbitmq/tls/broker.crt
ssl_options.keyfile = /etc/rabbitmq/tls/broker.key
ssl_options.verify = verify_none
ssl_options.fail_if_no_peer_cert = true  # <-
```

## Bad: Erlang terms without the full stop
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
```
```text advanced.config
[{rabbit, [{heartbeat, 30}]}]
```

## Good: a comment behind a value
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672 # this host only
loopback_users.guest = true
```

## Good: Erlang terms with comments
```text advanced.config
%% what rabbitmq.conf cannot say
[{rabbit, [{tcp_listeners, [{"127.0.0.1", 5672}]},
           {heartbeat, 30}]}].
```

## Fix
Correct the line and try the file with a node of its own:
```text
rabbitmq-diagnostics environment
```

## References
- RabbitMQ 4.1 documentation, Configuration: https://www.rabbitmq.com/docs/configure
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.rabbitmq import RabbitMq


@check(
    "rabbitmq-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def rabbitmq_refused_configuration(broker: RabbitMq) -> Iterator[Diagnostic]:
    for problem in broker.refused:
        yield fail(f"RabbitMQ would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if broker.is_tls_contradictory and broker.below("listeners.ssl"):
        yield fail(
            "RabbitMQ starts without its TLS listener: fail_if_no_peer_cert needs verify_peer",
            at=broker.where("ssl_options.fail_if_no_peer_cert"),
            expected="ssl_options.verify = verify_peer",
        )
    if broker.unrecognised:
        where = ", ".join(str(problem.at) for problem in broker.unrecognised[:3])
        yield not_evaluated(f"a key is not known here ({where}); a newer version or a plugin may have it")
