"""Elasticsearch runs as a single node.

## Why it matters
A single node has no copy of any index elsewhere: replicas are never placed beside their original. When its host fails,
the records are unavailable until it is repaired, and what the last snapshot lacks is lost. `discovery.type:
single-node` also lets a node start that does not pass the production checks.

## Bad
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node  # <-
xpack.security.enabled: true
```

## Bad: in a variable
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - discovery.type=single-node  # <-
```

## Good
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
xpack.security.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.keystore.path: certs/http.p12
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.verification_mode: certificate
xpack.security.transport.ssl.keystore.path: certs/node.p12
xpack.security.transport.ssl.truststore.path: certs/node.p12
```

## Good: a variable makes it a member
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9
    environment:
      - discovery.seed_hosts=search-2,search-3
      - cluster.initial_master_nodes=search,search-2,search-3
```

## Fix
Run three nodes that may become master, and one replica of each index at least.

```yaml
discovery.seed_hosts: [10.20.0.5, 10.20.0.6, 10.20.0.7]
cluster.initial_master_nodes: [search-1, search-2, search-3]
```

## References
- Elasticsearch reference 8.x, "Discovery and cluster formation settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/modules-discovery-settings.html
- Elasticsearch reference 8.x, "Designing for resilience": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/high-availability-cluster-design.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-single-node", severity=LOW, control=Control.AVAILABILITY, also=(Control.BACKUP,))
def elasticsearch_single_node(node: Elasticsearch) -> Iterator[Diagnostic]:
    if known(node.is_single_node):
        yield fail(
            "Elasticsearch runs as a single node: no index has a copy on another one",
            at=node.where("discovery.type"),
            expected="discovery.seed_hosts and three nodes",
        )
