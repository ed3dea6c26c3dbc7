"""Anyone who reaches Grafana can log in as any user with a header.

## Why it matters
With `auth.proxy`, Grafana takes the user's name from a header that a proxy sets. Without a list of proxies, it takes the
header from every client: `X-WEBAUTH-USER: admin` is enough.

## Bad
```ini grafana.ini
[auth.proxy]
enabled = true  ; <-
header_name = X-WEBAUTH-USER
```

## Good
```ini grafana.ini
[auth.proxy]
enabled = true
header_name = X-WEBAUTH-USER
whitelist = 10.20.0.5
```

## Good: a variable switches it off
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_AUTH_PROXY_ENABLED: "false"
    volumes: ["./grafana.ini:/etc/grafana/grafana.ini:ro"]
```
```ini grafana.ini
[auth.proxy]
enabled = true
```

## Fix
Name the proxies, and let nothing else reach the port:
```ini
[auth.proxy]
enabled = true
whitelist = 10.20.0.5
```

## References
- Grafana 11, Configure auth proxy authentication: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-security/configure-authentication/auth-proxy/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-proxy-header-forgeable", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=290)
def grafana_proxy_header_forgeable(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.is_on("auth.proxy.enabled")) and not known(grafana.is_set("auth.proxy.whitelist")):
        yield fail(
            "The header that names the user is taken from every client",
            at=grafana.where("auth.proxy.enabled"),
            severity=grafana.exposure.scale(CRITICAL),
            expected="whitelist = <address of the proxy>",
        )
