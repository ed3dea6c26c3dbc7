"""OpenSearch uses certificates whose private keys are published.

## Why it matters
The demonstration certificates and their keys come with every copy of the plugin. Anybody can pose as a node with them,
read what is sent to one, and log in as `CN=kirk`, whom the set-up makes an administrator above all roles. A node
refuses to start with them unless `allow_unsafe_democertificates` is true.

## Bad: set up by the image
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1  # <-
    environment:
      - discovery.type=single-node
      - OPENSEARCH_INITIAL_ADMIN_PASSWORD=${OPENSEARCH_PASSWORD}
```

## Bad: left in the file
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.type: single-node
plugins.security.ssl.transport.pemcert_filepath: esnode.pem
plugins.security.ssl.transport.pemkey_filepath: esnode-key.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: esnode.pem
plugins.security.allow_unsafe_democertificates: true  # <-
plugins.security.authcz.admin_dn: ["CN=kirk,OU=client,O=client,L=test, C=de"]
```

## Bad: allowed, although the files are others
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
plugins.security.allow_unsafe_democertificates: true  # <-
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

## Good: a file of the same name, with which a node only starts if it is another
```yaml opensearch.yml
cluster.name: clinic
network.host: 10.20.0.5
discovery.seed_hosts: [10.20.0.6, 10.20.0.7]
plugins.security.ssl.transport.pemcert_filepath: esnode.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: esnode.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.audit.type: internal_opensearch
plugins.security.allow_unsafe_democertificates: false
```

## Fix
Issue certificates of your own and delete the switch.

```yaml
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.authcz.admin_dn: ["CN=search-admin,O=Clinic"]
```

## References
- OpenSearch documentation 2.x, "Setting up a demo configuration": https://docs.opensearch.org/2.19/security/configuration/demo-configuration/
- OpenSearch documentation 2.x, "Configuring TLS certificates": https://docs.opensearch.org/2.19/security/configuration/tls/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check(
    "opensearch-demo-certificates",
    severity=CRITICAL,
    control=Control.KEY_MANAGEMENT,
    also=(Control.AUTHENTICATION,),
    cwe=321,
)
def opensearch_demo_certificates(node: OpenSearch) -> Iterator[Diagnostic]:
    name = "plugins.security.allow_unsafe_democertificates"
    if known(node.uses_demo_certificates):
        yield fail(
            f"{node.product} uses certificates whose private keys are published; {node.exposure.reason}",
            at=node.where(name),
            severity=node.exposure.scale(CRITICAL),
            expected="certificates of your own",
        )
    elif known(node.is_on(name)) and known(node.plugin_on):
        yield fail(
            f"{node.product} would start with certificates whose private keys are published",
            at=node.where(name),
            severity=LOW,
            expected=f"no {name}",
        )
