"""Pages of any site may read what Elasticsearch answers.

## Why it matters
With any origin allowed, a page that a member of staff opens somewhere else can query the node from inside the clinic's
network, through the browser. Without a log-in in front of the data the page reads records; with one it still reaches
what the browser is signed in to.

## Bad
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
http.cors.enabled: true
http.cors.allow-origin: "*"  # <-
```

## Bad: as a regular expression, in variables
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - discovery.type=single-node
      - http.cors.enabled=true
      - http.cors.allow-origin=/.*/  # <-
```

## Bad: a regular expression that every address of a page matches
```yaml elasticsearch.yml
cluster.name: clinic
http.cors.enabled: true
http.cors.allow-origin: "/https?:\\/\\/.*/"  # <-
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
http.cors.enabled: true
http.cors.allow-origin: "https://search.clinic.example"
```

## Good: not enabled, so the origin is not read
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
http.cors.allow-origin: "*"
```

## Fix
Name the origins of the pages that need it, or leave it off.

```yaml
http.cors.enabled: true
http.cors.allow-origin: "https://search.clinic.example"
```

## References
- Elasticsearch reference 8.x, "Networking": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/modules-network.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def elasticsearch_cors_any_origin(node: Elasticsearch) -> Iterator[Diagnostic]:
    if known(node.any_origin):
        open_to_all = node.security is False
        words = ", without a log-in" if open_to_all else ""
        yield fail(
            f"Pages of any site may read what Elasticsearch answers{words}",
            at=node.where("http.cors.allow-origin"),
            severity=HIGH if open_to_all else MEDIUM,
            expected="http.cors.allow-origin with the origins of the clinic's own pages",
        )
