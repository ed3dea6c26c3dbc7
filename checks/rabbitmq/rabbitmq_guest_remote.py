"""RabbitMQ lets the user guest with the password guest in from other hosts.

## Why it matters
Name and password are in every manual, and guest is an administrator: whoever reaches the port reads, writes and deletes
every queue and makes users. RabbitMQ itself keeps guest to loopback; the official image and `loopback_users` lines that
leave guest out take that away.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 10.20.0.5:5672
loopback_users.guest = false  # <-
```

## Bad: naming another user drops guest from the list
```text rabbitmq.conf
listeners.tcp.default = 10.20.0.5:5672
loopback_users.reports = true  # <-
```

## Bad: the official image on its defaults
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1-management  # <-
    ports: ["5672:5672"]
```

## Bad: conf.d of the image comes after the mounted file
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1  # <-
    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro"]
```
```text rabbitmq.conf
loopback_users.guest = true
```

## Good: the default of a package
```text rabbitmq.conf
listeners.tcp.default = 10.20.0.5:5672
```

## Good: a later file takes it back
```text rabbitmq.conf
listeners.tcp.default = 10.20.0.5:5672
loopback_users = none
```
```text advanced.config
[{rabbit, [{loopback_users, [<<"guest">>]}]}].
```

## Good: the first user has another name
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1-management
    ports: ["5672:5672"]
    environment:
      RABBITMQ_DEFAULT_USER: records
      RABBITMQ_DEFAULT_PASS: ${BROKER_PASSWORD:?set it}
```

## Good: imported definitions, so that no default user is made
```text rabbitmq.conf
listeners.tcp.default = 10.20.0.5:5672
loopback_users = none
load_definitions = definitions.json
```
```json definitions.json
{"rabbit_version": "4.1.0", "users": [{"name": "records", "password_hash": "c2FtcGxlLW9ubHk=", "tags": []}]}
```

## Fix
Make your own administrator, delete guest, and leave guest among the loopback users:
```text
default_user = records-admin
loopback_users.guest = true
```

In a container set `RABBITMQ_DEFAULT_USER` and `RABBITMQ_DEFAULT_PASS` from a secret.

## References
- RabbitMQ 4.1 documentation, Access Control, "default user" and "loopback_users": https://www.rabbitmq.com/docs/access-control
- Docker Official Image rabbitmq, "Setting default user and password": https://hub.docker.com/_/rabbitmq
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check(
    "rabbitmq-guest-remote",
    severity=CRITICAL,
    control=Control.DEFAULT_CREDENTIAL,
    also=(Control.AUTHENTICATION,),
    cwe=1392,
)
def rabbitmq_guest_remote(broker: RabbitMq) -> Iterator[Diagnostic]:
    if broker.exposure.is_loopback or not known(broker.lets_guest_in):
        return
    yield fail(
        f"RabbitMQ lets guest in with the password guest, as an administrator; {broker.exposure.reason}",
        at=broker.loopback_at,
        severity=broker.exposure.scale(CRITICAL),
        confidence=None if broker.in_container else Confidence.MEDIUM,
        expected="loopback_users.guest = true, and a default_user of another name",
    )
