"""Pages of any site may read what the management interface of RabbitMQ answers.

## Why it matters
With `*` any web page that an administrator opens may read the answers of the management interface, such as users,
queues and messages, as soon as it has the administrator's credentials.

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
management.cors.allow_origins.1 = https://console.clinic.example
management.cors.allow_origins.2 = *  # <-
```

## Good
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
management.cors.allow_origins.1 = https://console.clinic.example
```

## Fix
```text
management.cors.allow_origins.1 = https://console.clinic.example
```

## References
- RabbitMQ 4.1 documentation, Management Plugin, "Cross-origin Resource Sharing (CORS)": https://www.rabbitmq.com/docs/management#cors
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-management-any-origin", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def rabbitmq_management_any_origin(broker: RabbitMq) -> Iterator[Diagnostic]:
    for setting in broker.below("management.cors.allow_origins").values():
        if setting.value == "*":
            yield fail(
                "Pages of any site may read what the management interface answers",
                at=setting.at,
                expected="the origins that need it",
            )
