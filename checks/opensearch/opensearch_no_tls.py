"""OpenSearch serves clients of other hosts without TLS.

## Why it matters
Passwords and records cross the network readable and changeable for anybody on the path. TLS between the nodes is always
on with the security plugin; TLS of the REST interface is off until it is configured, and gone when the plugin is
disabled.

## Bad
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: false  # <-
```

## Bad: the default
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.type: single-node
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
```

## Bad: the plugin is off
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.disabled: true
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

## Good: reachable from the same host only
```yaml opensearch.yml
cluster.name: clinic
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
```

## Fix
Give the REST interface a certificate.

```yaml
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
```

## References
- OpenSearch documentation 2.x, "Configuring TLS certificates": https://docs.opensearch.org/2.19/security/configuration/tls/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def opensearch_no_tls(node: OpenSearch) -> Iterator[Diagnostic]:
    if known(node.http_outside) and not known(node.http_tls):
        yield fail(
            f"{node.product} serves clients without TLS; {node.exposure.in_clear.reason}",
            at=node.where("plugins.security.ssl.http.enabled"),
            severity=node.exposure.in_clear.scale(HIGH),
            expected="plugins.security.ssl.http.enabled: true with a certificate",
        )
