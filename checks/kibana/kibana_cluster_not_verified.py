"""Kibana accepts any certificate of its cluster.

## Why it matters
With `verificationMode: none` TLS proves nothing about the other side: whoever stands on the path poses as the cluster,
and gets the password of everybody who logs in. OpenSearch's image and demonstration files come with this setting.

## Bad
```yaml kibana.yml
elasticsearch.hosts: ["https://search1.clinic.example:9200"]
elasticsearch.ssl.verificationMode: none  # <-
```

## Bad: OpenSearch Dashboards, as its image comes
```yaml compose.yaml
services:
  dashboards:
    image: opensearchproject/opensearch-dashboards:2.19.1  # <-
    environment:
      OPENSEARCH_HOSTS: '["https://search1.clinic.example:9200"]'
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

## Good: the authority is checked, the host name is not
```yaml opensearch_dashboards.yml
opensearch.hosts: ["https://search1.clinic.example:9200"]
opensearch.ssl:
  verificationMode: certificate
```

## Good: a variable of the image
```yaml compose.yaml
services:
  dashboards:
    image: opensearchproject/opensearch-dashboards:2.19.1
    environment:
      OPENSEARCH_HOSTS: '["https://search1.clinic.example:9200"]'
      OPENSEARCH_SSL_VERIFICATIONMODE: full
```

## Fix
```yaml
elasticsearch.ssl.verificationMode: full
elasticsearch.ssl.certificateAuthorities: [/etc/kibana/tls/ca.crt]
```

## References
- Kibana reference 8.x, "Configure Kibana": https://www.elastic.co/guide/en/kibana/8.18/settings.html
- OpenSearch documentation 2.x, "Configuring TLS for OpenSearch Dashboards": https://docs.opensearch.org/2.19/install-and-configure/install-dashboards/tls/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-cluster-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def kibana_cluster_not_verified(server: Kibana) -> Iterator[Diagnostic]:
    asked = [each for each in known(server.remote_clusters) if each.is_tls]
    name = f"{server.back}.ssl.verificationMode"
    if asked and known(server.text(name)) == "none":
        yield fail(
            f"{server.product} accepts any certificate of {asked[0].host}: verificationMode is none",
            at=server.where(name),
            severity=MEDIUM if all(server.is_neighbour(each) for each in asked) else HIGH,
            expected=f"{name}: full",
        )
