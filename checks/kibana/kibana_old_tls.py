"""Kibana is told to accept TLS 1.0 or 1.1.

## Why it matters
Both are broken and withdrawn (RFC 8996): an attacker on the path can make a browser fall back to them.

## Bad
```yaml kibana.yml
server.host: 10.20.0.8
server.ssl.enabled: true
server.ssl.supportedProtocols: [TLSv1.1, TLSv1.2]  # <-
```

## Good
```yaml kibana.yml
server.host: 10.20.0.8
server.ssl.enabled: true
server.ssl.supportedProtocols: [TLSv1.2, TLSv1.3]
```

## Good: no TLS at all, which another check reports
```yaml kibana.yml
server.host: 10.20.0.8
server.ssl.enabled: false
server.ssl.supportedProtocols: [TLSv1.1]
```

## Fix
```yaml
server.ssl.supportedProtocols: [TLSv1.2, TLSv1.3]
```

## References
- Kibana reference 8.x, "Configure Kibana": https://www.elastic.co/guide/en/kibana/8.18/settings.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def kibana_old_tls(server: Kibana) -> Iterator[Diagnostic]:
    name = "server.ssl.supportedProtocols"
    old = [word for word in known(server.words(name)) if word in {"TLSv1", "TLSv1.1"}]
    if not old or not known(server.is_on("server.ssl.enabled")):
        return
    yield fail(
        f"{server.product} accepts {' and '.join(old)}",
        at=server.where(name),
        severity=server.exposure.scale(MEDIUM),
        expected=f"{name}: [TLSv1.2, TLSv1.3]",
    )
