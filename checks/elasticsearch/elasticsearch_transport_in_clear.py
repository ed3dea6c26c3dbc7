"""Nodes of an Elasticsearch cluster talk to each other without TLS.

## Why it matters
Nodes copy every index between each other. Without TLS on the transport layer the copies cross the network readable, and
a foreign node that joins the cluster receives all of them.

## Bad: a cluster without security
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
xpack.security.enabled: false  # <-
```

## Bad: version 7 with its default
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9  # <-
    environment:
      - discovery.seed_hosts=search-2,search-3
      - cluster.initial_master_nodes=search,search-2,search-3
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

## Good: one node, which takes no other in
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.type: single-node
xpack.security.enabled: true
```

## Fix
Give each node a certificate of one authority.

```yaml
xpack.security.enabled: true
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.verification_mode: full
xpack.security.transport.ssl.keystore.path: certs/node.p12
xpack.security.transport.ssl.truststore.path: certs/node.p12
```

## References
- Elasticsearch reference 8.x, "Set up basic security for the Elastic Stack": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-basic-setup.html
- Elasticsearch reference 8.x, "Bootstrap checks for X-Pack": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/bootstrap-checks-xpack.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-transport-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def elasticsearch_transport_in_clear(node: Elasticsearch) -> Iterator[Diagnostic]:
    if not known(node.has_peers) or not known(node.transport_outside):
        return
    if not known(node.transport_tls):
        name = "xpack.security.transport.ssl.enabled"
        decides = name if known(node.security) or node.edition == "oss" else "xpack.security.enabled"
        yield fail(
            "Nodes of the cluster talk to each other without TLS and take in any node that asks",
            at=node.where(decides),
            severity=node.transport_exposure.scale(HIGH),
            expected="xpack.security.transport.ssl.enabled: true",
        )
