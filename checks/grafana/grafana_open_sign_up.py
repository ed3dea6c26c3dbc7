"""Anyone who reaches Grafana can make themselves an account.

## Why it matters
With `allow_sign_up`, the log-in page offers an account to everybody. It is a Viewer of the main organisation at least, and so
sees its dashboards.

## Bad
```ini grafana.ini
[users]
allow_sign_up = true  ; <-
```

## Bad: as editors
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    ports: ["3000:3000"]
    environment:
      GF_USERS_ALLOW_SIGN_UP: "true"  # <-
      GF_USERS_AUTO_ASSIGN_ORG_ROLE: Editor
```

## Good
```ini grafana.ini
[users]
allow_sign_up = false
```

## Good: nobody logs in with a password
```ini grafana.ini
[users]
allow_sign_up = true
[auth]
disable_login_form = true
[auth.basic]
enabled = false
```

## Fix
```ini
[users]
allow_sign_up = false
```

## References
- Grafana 11, Configure Grafana, users (allow_sign_up): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#users
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-open-sign-up", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=862)
def grafana_open_sign_up(grafana: Grafana) -> Iterator[Diagnostic]:
    if not known(grafana.is_on("users.allow_sign_up")) or not known(grafana.takes_passwords):
        return
    role = grafana.text("users.auto_assign_org_role")
    changes = role in {"Editor", "Admin"}
    yield fail(
        f"Everybody can sign up{f' and is {role}' if changes else ''}",
        at=grafana.where("users.allow_sign_up"),
        severity=grafana.exposure.scale(CRITICAL if changes else HIGH),
        expected="allow_sign_up = false",
    )
