"""Prometheus measures, and tells nobody when something is wrong.

## Why it matters
Without rules, or without an Alertmanager to send alerts to, an attack or a failing server shows on a dashboard only, when
somebody happens to look.

## Bad
```yaml prometheus.yml
rule_files: [rules/*.yml]
scrape_configs:
  - job_name: records
    static_configs: [{targets: [records.clinic.example:8443]}]
```

## Bad: no rules
```yaml prometheus.yml
alerting:
  alertmanagers:
    - static_configs: [{targets: [alerts:9093]}]
scrape_configs:
  - job_name: records
    static_configs: [{targets: [records.clinic.example:8443]}]
```

## Good
```yaml prometheus.yml
rule_files: [rules/*.yml]
alerting:
  alertmanagers:
    - static_configs: [{targets: [alerts:9093]}]
scrape_configs:
  - job_name: records
    static_configs: [{targets: [records.clinic.example:8443]}]
```

## Good: the series are judged elsewhere
```yaml prometheus.yml
remote_write:
  - url: https://longterm.clinic.example/api/v1/write
scrape_configs:
  - job_name: records
    static_configs: [{targets: [records.clinic.example:8443]}]
```

## Fix
```yaml
rule_files: [rules/*.yml]
alerting:
  alertmanagers:
    - static_configs: [{targets: [alerts:9093]}]
```

## References
- Prometheus 2.53, Alerting rules: https://prometheus.io/docs/prometheus/2.53/configuration/alerting_rules/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.prometheus import PrometheusConfig


@check("prometheus-nobody-is-alerted", severity=LOW, control=Control.MONITORING, cwe=778)
def prometheus_nobody_is_alerted(config: PrometheusConfig) -> Iterator[Diagnostic]:
    if known(config.sends_elsewhere):
        return
    rules, told = known(config.has_rules), known(config.has_alertmanager)
    if not rules or not told:
        missing = "no rules for alerts" if told else "no Alertmanager to tell" if rules else "neither rules nor alerts"
        yield fail(f"It measures, and has {missing}", at=config.at, expected="rule_files and alerting")
