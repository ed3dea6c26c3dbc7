"""OpenSearch would refuse to start with this configuration.

## Why it matters
A file that the node refuses is not the one that the running node was started with: either the node is down, or it runs
on something else and this file shows a security that does not exist. Nothing else in the file can be judged.

## Bad: TLS between nodes cannot be off
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.ssl.transport.enabled: false  # <-
```

## Bad: the plugin without a certificate
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
```

## Bad: a setting given twice
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
plugins:
  security:
    audit:
      type: log4j  # <-
```

## Bad: no password for the administrator
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1  # <-
    environment:
      - discovery.type=single-node
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

## Good: the plugin is off and needs no certificate
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.disabled: true
```

## Fix
Correct the line and start a node with the file before it is rolled out; it names the setting it refuses.

```text
bin/opensearch -Epath.data=/tmp/try -Epath.logs=/tmp/try
```

## References
- OpenSearch documentation 2.x, "Security settings": https://docs.opensearch.org/2.19/install-and-configure/configuring-opensearch/security-settings/
- OpenSearch documentation 2.x, "Configuring TLS certificates": https://docs.opensearch.org/2.19/security/configuration/tls/
- OpenSearch documentation 2.x, "Setting up a demo configuration": https://docs.opensearch.org/2.19/security/configuration/demo-configuration/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.opensearch import OpenSearch


@check(
    "opensearch-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def opensearch_refused_configuration(node: OpenSearch) -> Iterator[Diagnostic]:
    for problem in node.refused:
        yield fail(f"{node.product} would refuse to start: {problem.message}", at=problem.at, key=problem.message)
