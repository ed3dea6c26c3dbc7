"""OpenSearch Dashboards sends its session cookie over connections without TLS.

## Why it matters
The cookie is the log-in. Without `secure` the browser also sends it over http, for instance when somebody types the
address without https, and whoever is on the way takes over the session.

## Bad
```yaml opensearch_dashboards.yml
server.host: 10.20.0.8
server.ssl.enabled: true  # <-
server.ssl.certificate: /etc/dashboards/tls/server.crt
server.ssl.key: /etc/dashboards/tls/server.key
```

## Good
```yaml opensearch_dashboards.yml
server.host: 10.20.0.8
server.ssl.enabled: true
server.ssl.certificate: /etc/dashboards/tls/server.crt
server.ssl.key: /etc/dashboards/tls/server.key
opensearch_security.cookie.secure: true
```

## Good: Kibana sets it by itself where it speaks TLS
```yaml kibana.yml
server.host: 10.20.0.8
server.ssl.enabled: true
server.ssl.certificate: /etc/kibana/tls/kibana.crt
server.ssl.key: /etc/kibana/tls/kibana.key
elasticsearch.hosts: ["https://search1.clinic.example:9200"]
elasticsearch.ssl.certificateAuthorities: [/etc/kibana/tls/ca.crt]
```

## Fix
```yaml
opensearch_security.cookie.secure: true
```

## References
- OpenSearch documentation 2.x, "Configuring TLS for OpenSearch Dashboards": https://docs.opensearch.org/2.19/install-and-configure/install-dashboards/tls/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-cookie-in-clear", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=614)
def kibana_cookie_in_clear(server: Kibana) -> Iterator[Diagnostic]:
    name = "opensearch_security.cookie.secure"
    if server.is_dashboards and known(server.is_on("server.ssl.enabled")) and not known(server.is_on(name)):
        written = server.settings.is_explicit(name)
        yield fail(
            "OpenSearch Dashboards gives its session cookie without the mark secure",
            at=server.where(name if written else "server.ssl.enabled"),
            expected=f"{name}: true",
        )
