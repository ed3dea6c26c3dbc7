"""Kibana does not look at where requests come from.

## Why it matters
Kibana refuses a changing request without its own header, which a page of another site cannot send. Without this
protection any page that a logged-in person opens can delete dashboards and records in that person's name.

## Bad
```yaml kibana.yml
server.host: 10.20.0.8
server.xsrf.disableProtection: true  # <-
```

## Good
```yaml kibana.yml
server.host: 10.20.0.8
server.xsrf.disableProtection: false
```

## Good: one path only
```yaml kibana.yml
server.host: 10.20.0.8
server.xsrf.allowlist: [/api/security/saml/callback]
```

## Fix
```yaml
server.xsrf.disableProtection: false
```

## References
- Kibana reference 8.x, "Configure Kibana": https://www.elastic.co/guide/en/kibana/8.18/settings.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-xsrf-off", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=352)
def kibana_xsrf_off(server: Kibana) -> Iterator[Diagnostic]:
    name = "server.xsrf.disableProtection"
    if known(server.is_on(name)):
        yield fail(
            f"{server.product} takes changing requests that a page of another site sends",
            at=server.where(name),
            expected=f"{name}: false",
        )
