"""Elasticsearch lets clients in without a password.

## Why it matters
Without the security features every request has all rights: read each patient's record, change it, or delete every index
and leave a ransom note. Open Elasticsearch servers are found by search engines within hours. Security is off by default
before 8.0, and switched off by hand in many examples for later versions.

## Bad: switched off
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
xpack.security.enabled: false  # <-
```

## Bad: the default of version 7
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9  # <-
    environment:
      discovery.type: single-node
    ports:
      - "9200:9200"
```

## Bad: a variable beats the mounted file
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - xpack.security.enabled=false  # <-
      - discovery.type=single-node
    volumes:
      - ./elasticsearch.yml:/usr/share/elasticsearch/config/elasticsearch.yml
```
```yaml elasticsearch.yml
network.host: 0.0.0.0
xpack.security.enabled: true
```

## Bad: the nested spelling
```yaml elasticsearch.yml
network:
  host: 10.20.0.5
discovery.type: single-node
xpack:
  security:
    enabled: false  # <-
```

## Bad: a password that nobody is asked for
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9  # <-
    environment:
      discovery.type: single-node
      ELASTIC_PASSWORD: ${ELASTIC_PASSWORD}
```

## Good: version 8 switches it on by itself
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      discovery.type: single-node
    ports:
      - "9200:9200"
```

## Good: switched on in version 7, in the upper-case spelling
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9
    environment:
      ES_SETTING_DISCOVERY_TYPE: single-node
      ES_SETTING_XPACK_SECURITY_ENABLED: "true"
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

## Fix
Switch security on and set passwords with `elasticsearch-reset-password`.

```yaml
xpack.security.enabled: true
xpack.security.transport.ssl.enabled: true
xpack.security.http.ssl.enabled: true
```

## References
- Elasticsearch reference 8.x, "Security settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-settings.html
- Elasticsearch reference 8.x, "Set up minimal security": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-minimal-setup.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def elasticsearch_no_authentication(node: Elasticsearch) -> Iterator[Diagnostic]:
    if not known(node.security):
        explicit = node.settings.is_explicit("xpack.security.enabled")
        why = "xpack.security.enabled is false" if explicit else "security is off by default in this version"
        if node.edition == "oss":
            why = "this image has no security features"
        note = "; ELASTIC_PASSWORD is set, but nobody is asked for it" if node.has_password else ""
        yield fail(
            f"Elasticsearch lets clients in without a password: {why}; {node.exposure.reason}{note}",
            at=node.where("xpack.security.enabled"),
            severity=node.exposure.scale(CRITICAL),
            expected="xpack.security.enabled: true",
        )
