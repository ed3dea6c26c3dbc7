"""Grafana shows its own metrics to anyone who reaches it.

## Why it matters
`/metrics` tells versions, the number of users and data sources and how much they are used, without a log-in.

## Bad: the default
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0  # <-
    ports: ["3000:3000"]
```

## Bad: a name without a password is no log-in
```ini grafana.ini
[metrics]
enabled = true  ; <-
basic_auth_username = monitor
```

## Good
```ini grafana.ini
[metrics]
enabled = true
basic_auth_username = monitor
basic_auth_password = $__file{/etc/grafana/metrics_password}
```

## Good: off
```ini grafana.ini
[metrics]
enabled = false
```

## Fix
```ini
[metrics]
basic_auth_username = monitor
basic_auth_password = $__file{/etc/grafana/metrics_password}
```

## References
- Grafana 11, Configure Grafana, metrics: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#metrics
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-metrics-open", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def grafana_metrics_open(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.is_on("metrics.enabled")) or grafana.exposure.is_loopback:
        return
    given = (grafana.is_set("metrics.basic_auth_username"), grafana.is_set("metrics.basic_auth_password"))
    # A value that stands elsewhere is set.
    if not all(isinstance(each, Unknown) or each for each in given):
        yield fail(
            "The metrics at /metrics are shown without a log-in",
            at=grafana.where("metrics.enabled"),
            expected="basic_auth_username and basic_auth_password",
        )
