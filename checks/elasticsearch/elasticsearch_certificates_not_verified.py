"""Elasticsearch accepts any certificate of its peers.

## Why it matters
With `verification_mode: none` a TLS connection proves nothing about the other side: whoever stands on the path can pose
as another node, as the directory server that checks passwords, or as the mail and webhook servers that alerts go to.
`certificate` checks the authority and leaves out the host name, which Elastic's own guide uses between nodes.

## Bad: between nodes
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
xpack.security.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.keystore.path: certs/http.p12
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.verification_mode: none  # <-
xpack.security.transport.ssl.keystore.path: certs/node.p12
xpack.security.transport.ssl.truststore.path: certs/node.p12
```

## Bad: to the directory
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
xpack.security.authc.realms.ldap.clinic:
  order: 0
  url: ldaps://ldap.clinic.example:636
  ssl.verification_mode: none  # <-
```

## Bad: in capitals, of any version
```yaml elasticsearch.yml
network.host: 10.20.0.5
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.verification_mode: NONE  # <-
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

## Good: the nodes speak no TLS at all, which another check reports
```yaml elasticsearch.yml
network.host: _local_
xpack.security.enabled: false
xpack.security.transport.ssl.verification_mode: none
```

## Fix
Check the authority and the host name.

```yaml
xpack.security.transport.ssl.verification_mode: full
```

## References
- Elasticsearch reference 8.x, "Security settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-settings.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-certificates-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def elasticsearch_certificates_not_verified(node: Elasticsearch) -> Iterator[Diagnostic]:
    for name in node.named(ending="verification_mode"):
        if (known(node.text(name)) or "").lower() != "none":
            continue
        between_nodes = name == "xpack.security.transport.ssl.verification_mode"
        if between_nodes and node.transport_tls is False:
            continue
        yield fail(
            f"Elasticsearch accepts any certificate: {name} is none",
            at=node.where(name),
            severity=(node.transport_exposure if between_nodes else node.exposure).scale(HIGH),
            key=name,
            expected=f"{name}: full",
        )
