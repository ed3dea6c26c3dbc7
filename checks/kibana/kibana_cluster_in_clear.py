"""Kibana asks its cluster without TLS.

## Why it matters
Each request carries the password or token of the person who is logged in, or Kibana's own, and each answer carries
records. With an address that begins with `http` both cross the network in clear text.

## Bad
```yaml kibana.yml
server.host: localhost
elasticsearch.hosts: ["http://search1.clinic.example:9200", "https://search2.clinic.example:9200"]  # <-
```

## Bad: OpenSearch Dashboards, by a variable
```yaml compose.yaml
services:
  dashboards:
    image: opensearchproject/opensearch-dashboards:2.19.1
    environment:
      OPENSEARCH_HOSTS: '["http://search1.clinic.example:9200"]'  # <-
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

## Good: on the same host
```yaml kibana.yml
elasticsearch:
  hosts: ["http://127.0.0.1:9200"]
```

## Good: a container beside it, about which the node's own check tells
```yaml compose.yaml
services:
  kibana:
    image: docker.elastic.co/kibana/kibana:8.18.0
    environment:
      ELASTICSEARCH_HOSTS: http://elasticsearch:9200
```

## Fix
```yaml
elasticsearch.hosts: ["https://search1.clinic.example:9200"]
```

## References
- Kibana reference 8.x, "Configure Kibana": https://www.elastic.co/guide/en/kibana/8.18/settings.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-cluster-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kibana_cluster_in_clear(server: Kibana) -> Iterator[Diagnostic]:
    plain = [each for each in known(server.remote_clusters) if not each.is_tls and not server.is_neighbour(each)]
    if plain:
        name = f"{server.back}.hosts"
        yield fail(
            f"{server.product} asks {plain[0].host} without TLS",
            at=server.where(name),
            expected=f"{name} with https addresses",
        )
