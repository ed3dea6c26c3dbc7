"""OpenSearch lets clients in without a password.

## Why it matters
With the security plugin disabled, or reduced to TLS, every request has all rights: read each patient's record, change
it, or delete every index. The variable `DISABLE_SECURITY_PLUGIN` of the image and many examples switch it off for
convenience.

## Bad: disabled
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.disabled: true  # <-
```

## Bad: a variable of the image
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1
    environment:
      - discovery.type=single-node
      - DISABLE_INSTALL_DEMO_CONFIG=true
      - DISABLE_SECURITY_PLUGIN=true  # <-
    ports: ["9200:9200"]
```

## Bad: TLS without a log-in
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
plugins.security.ssl_only: true  # <-
```

## Bad: Open Distro
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
opendistro_security.disabled: true  # <-
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

## Good: the variable says something else than true
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1
    environment:
      - discovery.type=single-node
      - DISABLE_SECURITY_PLUGIN=false
      - OPENSEARCH_INITIAL_ADMIN_PASSWORD=${OPENSEARCH_PASSWORD}
```

## Fix
Remove the switch and give the plugin certificates of your own.

```yaml
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.http.enabled: true
```

## References
- OpenSearch documentation 2.x, "Disabling and enabling the Security plugin": https://docs.opensearch.org/2.19/security/configuration/disable-enable-security/
- OpenSearch documentation 2.x, "Security settings": https://docs.opensearch.org/2.19/install-and-configure/configuring-opensearch/security-settings/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def opensearch_no_authentication(node: OpenSearch) -> Iterator[Diagnostic]:
    if not known(node.security):
        name = "plugins.security.ssl_only" if known(node.plugin_on) else "plugins.security.disabled"
        yield fail(
            f"{node.product} lets clients in without a password: {name} is true; {node.exposure.reason}",
            at=node.where(name),
            severity=node.exposure.scale(CRITICAL),
            expected=f"no {name}",
        )
