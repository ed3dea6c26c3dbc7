"""Kibana serves browsers of other hosts without TLS.

## Why it matters
Whoever is on the way reads the passwords that people log in with, their session cookies, and every record that they
look at.

## Bad
```yaml kibana.yml
server.host: 10.20.0.8  # <-
elasticsearch.hosts: ["https://search1.clinic.example:9200"]
```

## Bad: OpenSearch Dashboards, switched off
```yaml opensearch_dashboards.yml
server:
  host: 0.0.0.0
  ssl:
    enabled: false  # <-
opensearch.hosts: ["https://search1.clinic.example:9200"]
```

## Good
```yaml kibana.yml
server.host: 10.20.0.8
server.ssl.enabled: true
server.ssl.certificate: /etc/kibana/tls/kibana.crt
server.ssl.key: /etc/kibana/tls/kibana.key
elasticsearch.hosts: ["https://search1.clinic.example:9200"]
elasticsearch.ssl.certificateAuthorities: [/etc/kibana/tls/ca.crt]
```

## Good: loopback is the default, and a proxy on the host ends TLS
```yaml kibana.yml
elasticsearch.hosts: ["https://search1.clinic.example:9200"]
```

## Fix
```yaml
server.ssl.enabled: true
server.ssl.certificate: /etc/kibana/tls/kibana.crt
server.ssl.key: /etc/kibana/tls/kibana.key
```

## References
- Kibana reference 8.x, "Configure Kibana": https://www.elastic.co/guide/en/kibana/8.18/settings.html
- OpenSearch documentation 2.x, "Configuring TLS for OpenSearch Dashboards": https://docs.opensearch.org/2.19/install-and-configure/install-dashboards/tls/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kibana_no_tls(server: Kibana) -> Iterator[Diagnostic]:
    if server.exposure.is_loopback or known(server.is_on("server.ssl.enabled")):
        return
    explicit = server.settings.is_explicit("server.ssl.enabled")
    yield fail(
        f"{server.product} serves browsers without TLS; {server.exposure.in_clear.reason}",
        at=server.where("server.ssl.enabled" if explicit else "server.host"),
        severity=server.exposure.in_clear.scale(HIGH),
        expected="server.ssl.enabled: true with a certificate",
    )
