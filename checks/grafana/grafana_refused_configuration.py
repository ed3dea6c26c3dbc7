"""Grafana would refuse to start with this configuration.

## Why it matters
Whatever is running now runs with something else, and the next restart fails. Its other settings are not judged.

## Bad: no duration
```ini grafana.ini
[auth]
login_maximum_lifetime_duration = 30 days  ; <-
```

## Bad: an old version of TLS
```ini grafana.ini
[server]
min_tls_version = TLS1.0  ; <-
```

## Bad: a secret in two places
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SECURITY_ADMIN_PASSWORD: example-password-0192
      GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/grafana_admin  # <-
```

## Good
```ini grafana.ini
[auth]
login_maximum_lifetime_duration = 1d
[server]
min_tls_version = TLS1.2
```

## Good: a value over several lines
```ini grafana.ini
[security]
content_security_policy_template = `script-src 'self';
object-src 'none';`
[server]
min_tls_version = TLS1.3
```

## Fix
Correct the line; Grafana says at its start which one it stops at.

## References
- Grafana 11, Configure Grafana: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.grafana import Grafana


@check(
    "grafana-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def grafana_refused_configuration(grafana: Grafana) -> Iterator[Diagnostic]:
    for problem in grafana.refused:
        yield fail(f"Grafana would refuse to start: {problem.message}", at=problem.at, key=problem.message)
