"""RabbitMQ shows its metrics to everybody.

## Why it matters
The Prometheus plugin asks nobody who they are. With metrics per object it tells the names of queues and virtual hosts,
which often name clinics, devices or patients' flows, and how much goes through them.

## Bad
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
    ports:
      - "15692:15692"  # <-
```

## Good: the port is not published
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
    ports:
      - "5671:5671"
```

## Good: published on the host's loopback
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
    ports:
      - "127.0.0.1:15692:15692"
```

## Fix
Do not publish port 15692, or bind it to the address that Prometheus uses:
```text
prometheus.tcp.ip = 127.0.0.1
```

## References
- RabbitMQ 4.1 documentation, Monitoring with Prometheus and Grafana: https://www.rabbitmq.com/docs/prometheus
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.rabbitmq import PROMETHEUS, RabbitMq


@check("rabbitmq-metrics-open", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=306)
def rabbitmq_metrics_open(broker: RabbitMq) -> Iterator[Diagnostic]:
    if not known(broker.has_plugin(PROMETHEUS)):
        return
    for listener in known(broker.http_listeners("prometheus", "tcp", 15692)):
        exposure = broker.http_exposure(listener)
        if not listener.is_loopback and exposure.reach in {Reach.PUBLISHED, Reach.HOST_NETWORK}:
            yield fail(
                f"RabbitMQ shows its metrics without a log-in on {listener}; {exposure.reason}",
                at=exposure.at or listener.at,
                expected="prometheus.tcp.ip = 127.0.0.1, or no published port",
            )
