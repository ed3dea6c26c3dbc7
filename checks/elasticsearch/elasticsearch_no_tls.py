"""Elasticsearch serves clients of other hosts without TLS.

## Why it matters
Passwords, API keys and records cross the network readable and changeable for anybody on the path. Version 8 sets TLS up
by itself, but not where `xpack.security.enabled` is written by hand, with either value, and not in a cluster whose
nodes are listed: then TLS for clients stays off until it is configured.

## Bad: written by hand, so version 8 does not set TLS up
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0  # <-
    environment:
      - xpack.security.enabled=true
      - discovery.type=single-node
    ports:
      - "9200:9200"
```

## Bad: only the nodes speak TLS
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
xpack.security.enabled: true
xpack.security.http.ssl.enabled: false  # <-
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.keystore.path: certs/node.p12
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

## Good: version 8 sets it up by itself
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - discovery.type=single-node
    ports:
      - "9200:9200"
```

## Good: reachable from the same host only
```yaml elasticsearch.yml
cluster.name: clinic
network.host: _local_
xpack.security.enabled: true
discovery.type: single-node
```

## Fix
Give the REST interface a certificate.

```yaml
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.keystore.path: certs/http.p12
```

## References
- Elasticsearch reference 8.x, "Set up basic security plus secured HTTPS traffic": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-basic-setup-https.html
- Elasticsearch reference 8.x, "Start the Elastic Stack with security enabled automatically": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/configuring-stack-security.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def elasticsearch_no_tls(node: Elasticsearch) -> Iterator[Diagnostic]:
    if known(node.http_outside) and not known(node.http_tls):
        yield fail(
            f"Elasticsearch serves clients without TLS; {node.exposure.in_clear.reason}",
            at=node.where("xpack.security.http.ssl.enabled"),
            severity=node.exposure.in_clear.scale(HIGH),
            expected="xpack.security.http.ssl.enabled: true with a certificate",
        )
