"""Grafana's administrator has the published password.

## Why it matters
A new Grafana makes the user `admin` with the password `admin`. Who logs in with it first reads every dashboard and queries
every data source with the passwords that Grafana keeps. The page that asks for a new password can be skipped. The setting
counts when the database is made: where the administrator has changed the password since, remove the published one all the
same, since the next new database has it again.

## Bad: nothing sets one
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0  # <-
    ports: ["3000:3000"]
```

## Bad
```ini grafana.ini
[security]
admin_user = admin
admin_password = admin  ; <-
```

## Good
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    ports: ["3000:3000"]
    environment:
      GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/grafana_admin
```

## Good: no administrator is made
```ini grafana.ini
[security]
disable_initial_admin_creation = true
```

## Good: the variable beats the file
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    ports: ["3000:3000"]
    environment:
      GF_SECURITY_ADMIN_PASSWORD: $$__file{/run/secrets/grafana_admin}
    volumes: ["./grafana.ini:/etc/grafana/grafana.ini:ro"]
```
```ini grafana.ini
[security]
admin_password = admin
```

## Fix
Give the first administrator a long random password from a file that is not in the repository:
```ini
[security]
admin_password = $__file{/run/secrets/grafana_admin}
```

## References
- Grafana 11, Configure Grafana, security (admin_password, disable_initial_admin_creation): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#security
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-default-admin-password", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def grafana_default_admin_password(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.has_published_admin):
        return
    # Whoever starts a file that says nothing may give the password in the environment.
    may_be_elsewhere = grafana.is_default("security.admin_password") and grafana.origin == "file"
    yield fail(
        "A new database gets the administrator admin with a password that everybody can look up",
        at=grafana.where("security.admin_password"),
        severity=grafana.exposure.scale(CRITICAL),
        confidence=Confidence.LOW if may_be_elsewhere else None,
        expected="admin_password = $__file{...}",
    )
