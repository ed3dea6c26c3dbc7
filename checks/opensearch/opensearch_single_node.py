"""OpenSearch runs as a single node.

## Why it matters
A single node has no copy of any index elsewhere: replicas are never placed beside their original. When its host fails,
the records are unavailable until it is repaired, and what the last snapshot lacks is lost.

## Bad
```yaml opensearch.yml
network.host: 10.20.0.5
discovery.type: single-node  # <-
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
```

## Good
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.audit.type: internal_opensearch
```

## Good: a variable beats the file
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1
    environment:
      - discovery.type=multi-node
      - discovery.seed_hosts=search-2,search-3
    volumes:
      - ./opensearch.yml:/usr/share/opensearch/config/opensearch.yml
```
```yaml opensearch.yml
network.host: 0.0.0.0
discovery.type: single-node
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
```

## Fix
Run three nodes that may become cluster manager, and one replica of each index at least.

```yaml
discovery.seed_hosts: [10.20.0.5, 10.20.0.6, 10.20.0.7]
cluster.initial_cluster_manager_nodes: [search-1, search-2, search-3]
```

## References
- OpenSearch documentation 2.x, "Creating a cluster": https://docs.opensearch.org/2.19/tuning-your-cluster/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-single-node", severity=LOW, control=Control.AVAILABILITY, also=(Control.BACKUP,))
def opensearch_single_node(node: OpenSearch) -> Iterator[Diagnostic]:
    if known(node.is_single_node):
        yield fail(
            f"{node.product} runs as a single node: no index has a copy on another one",
            at=node.where("discovery.type"),
            expected="discovery.seed_hosts and three nodes",
        )
