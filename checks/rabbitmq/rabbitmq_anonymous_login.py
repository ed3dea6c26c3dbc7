"""RabbitMQ lets clients in without a password.

## Why it matters
Since 4.0 the broker offers the mechanism ANONYMOUS and logs such clients in as guest as long as guest exists with its
first password: everybody who may connect as guest is an administrator without a password.

## Bad: every program on the container's network
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1  # <-
    ports: ["5672:5672"]
```

## Bad: on loopback
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.0
    volumes: ["./rabbitmq:/etc/rabbitmq:ro"]
```
```text rabbitmq/rabbitmq.conf
anonymous_login_user = guest  # <-
```

## Good
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro"]
```
```text rabbitmq.conf
anonymous_login_user = none
```

## Good: another first user, so that the log-in as guest fails
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
    environment:
      RABBITMQ_DEFAULT_USER: records
      RABBITMQ_DEFAULT_PASS: ${BROKER_PASSWORD:?set it}
```

## Good: version 3 has no such mechanism in the broker
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:3.13
```

## Fix
```text
anonymous_login_user = none
```

## References
- RabbitMQ 4.1 documentation, Access Control, "Anonymous Login": https://www.rabbitmq.com/docs/access-control#anonymous-login
- RabbitMQ 4.1 documentation, Production Checklist, "Anonymous Login": https://www.rabbitmq.com/docs/production-checklist
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-anonymous-login", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def rabbitmq_anonymous_login(broker: RabbitMq) -> Iterator[Diagnostic]:
    if not known(broker.offers_anonymous):
        return
    remote = known(broker.lets_guest_in) and not broker.exposure.is_loopback
    where = broker.exposure.reason if remote else "guest, and so they, may connect over loopback only"
    yield fail(
        f"RabbitMQ lets clients in without a password, as the administrator guest; {where}",
        at=broker.where("anonymous_login_user"),
        severity=broker.exposure.scale(CRITICAL) if remote else MEDIUM,
        expected="anonymous_login_user = none",
    )
