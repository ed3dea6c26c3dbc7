"""The management page of RabbitMQ is served without TLS.

## Why it matters
Administrators type their password into it, and its HTTP interface takes the password with each request. Over HTTP both
cross the network readable for anybody on the path.

## Bad
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1-management  # <-
    ports: ["15672:15672"]
```

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
management.tcp.port = 15672  # <-
```

## Good
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
management.ssl.port = 15671
management.ssl.certfile = /etc/rabbitmq/tls/broker.crt
management.ssl.keyfile = /etc/rabbitmq/tls/broker.key
```

## Good: only on this host, behind a proxy
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
management.tcp.port = 15672
management.tcp.ip = 127.0.0.1
```

## Good: without the plugin
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
```

## Fix
```text
management.ssl.port = 15671
management.ssl.cacertfile = /etc/rabbitmq/tls/ca.crt
management.ssl.certfile = /etc/rabbitmq/tls/broker.crt
management.ssl.keyfile = /etc/rabbitmq/tls/broker.key
```

## References
- RabbitMQ 4.1 documentation, Management Plugin, "HTTPS": https://www.rabbitmq.com/docs/management#single-listener-https
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import MANAGEMENT, RabbitMq


@check("rabbitmq-management-plaintext", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def rabbitmq_management_plaintext(broker: RabbitMq) -> Iterator[Diagnostic]:
    if not known(broker.has_plugin(MANAGEMENT)):
        return
    remote = [each for each in known(broker.http_listeners("management", "tcp", 15672)) if not each.is_loopback]
    if remote:
        exposure = broker.http_exposure(remote[0])
        yield fail(
            f"The management page is served without TLS on {remote[0]}; {exposure.reason}",
            at=remote[0].at,
            severity=exposure.scale(MEDIUM),
            expected="management.ssl.port with a certificate",
        )
