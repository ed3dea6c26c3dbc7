"""Browsers send Grafana's session cookie over plain HTTP too.

## Why it matters
Users reach Grafana over HTTPS, but its session cookie lacks `Secure`: one link or typed address with `http://` makes the
browser send it readable to everybody on the path, who then is that user.

## Bad
```ini grafana.ini
[server]
protocol = https
cert_file = /etc/grafana/tls/server.crt
cert_key = /etc/grafana/tls/server.key
[security]
cookie_secure = false  ; <-
```

## Bad: TLS ends at a proxy
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0  # <-
    environment:
      GF_SERVER_ROOT_URL: https://dashboards.clinic.example/
```

## Good
```ini grafana.ini
[server]
protocol = https
cert_file = /etc/grafana/tls/server.crt
cert_key = /etc/grafana/tls/server.key
[security]
cookie_secure = true
```

## Good: a variable sets it
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SERVER_ROOT_URL: https://dashboards.clinic.example/
      GF_SECURITY_COOKIE_SECURE: "true"
```

## Fix
```ini
[security]
cookie_secure = true
```

## References
- Grafana 11, Configure Grafana, security (cookie_secure): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-cookie-not-secure", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=614)
def grafana_cookie_not_secure(grafana: Grafana) -> Iterator[Diagnostic]:
    # Without TLS a Secure cookie would lock users out; that is what grafana-no-tls reports.
    if known(grafana.is_behind_tls) and not known(grafana.is_on("security.cookie_secure")):
        yield fail(
            "The session cookie is sent over plain HTTP too",
            at=grafana.where("security.cookie_secure"),
            expected="cookie_secure = true",
        )
