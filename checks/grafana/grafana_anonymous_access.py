"""Grafana shows dashboards to anyone who reaches it.

## Why it matters
With anonymous access, dashboards and the queries behind them are open without a log-in. As Editor or Admin, visitors also
change them, and query every data source for whatever it holds.

## Bad
```ini grafana.ini
[auth.anonymous]
enabled = true  ; <-
```

## Bad: as administrator, by variables
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    ports: ["3000:3000"]
    environment:
      GF_AUTH_ANONYMOUS_ENABLED: "true"  # <-
      GF_AUTH_ANONYMOUS_ORG_ROLE: Admin
```

## Bad: the file is kept in a Secret
```yaml grafana.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: grafana}
spec:
  selector: {matchLabels: {app: grafana}}
  template:
    metadata: {labels: {app: grafana}}
    spec:
      containers:
        - name: grafana
          image: grafana/grafana:11.2.0
          volumeMounts: [{name: settings, mountPath: /etc/grafana}]
      volumes: [{name: settings, secret: {secretName: grafana-settings}}]
---
apiVersion: v1
kind: Secret
metadata: {name: grafana-settings}
stringData:
  grafana.ini: |
    [auth.anonymous]
    enabled = true  ; <-
```

## Good
```ini grafana.ini
[auth.anonymous]
;enabled = true
org_role = Viewer
```

## Good: the last value holds
```ini grafana.ini
[auth.anonymous]
enabled = true
enabled = false
```

## Fix
```ini
[auth.anonymous]
enabled = false
```

## References
- Grafana 11, Configure anonymous access: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-security/configure-authentication/grafana/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana

_CHANGES = frozenset({"Editor", "Admin"})


@check("grafana-anonymous-access", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def grafana_anonymous_access(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.is_on("auth.anonymous.enabled")):
        return
    role = grafana.text("auth.anonymous.org_role")
    changes = role in _CHANGES
    yield fail(
        f"Visitors without a log-in have the role {role}"
        if changes
        else "Visitors without a log-in see the dashboards",
        at=grafana.where("auth.anonymous.enabled"),
        severity=grafana.exposure.scale(CRITICAL if changes else HIGH),
        expected="enabled = false",
    )
