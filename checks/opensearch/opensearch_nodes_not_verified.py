"""OpenSearch does not verify the nodes it talks to.

## Why it matters
Nodes copy every index between each other. Without the host name's check any certificate of the authority serves to pose
as a node; in dual mode a node without TLS is taken in; and a wildcard as `nodes_dn` makes every certificate of the
authority a node's, a laptop's among them.

## Bad: host names are not checked
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
plugins.security.ssl.transport.enforce_hostname_verification: false  # <-
```

## Bad: nodes without TLS are taken in
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
plugins.security_config.ssl_dual_mode_enabled: true  # <-
```

## Bad: every certificate is a node's
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
plugins.security.nodes_dn: ["*"]  # <-
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
plugins.security.nodes_dn: ["CN=*.search.clinic.example,O=Clinic"]
```

## Good: the default checks host names
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

## Fix
Check host names and name the nodes.

```yaml
plugins.security.ssl.transport.enforce_hostname_verification: true
plugins.security.nodes_dn: ["CN=*.search.clinic.example,O=Clinic"]
```

## References
- OpenSearch documentation 2.x, "Configuring TLS certificates": https://docs.opensearch.org/2.19/security/configuration/tls/
- OpenSearch documentation 2.x, "Security settings": https://docs.opensearch.org/2.19/install-and-configure/configuring-opensearch/security-settings/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch

_HOSTNAME = (
    "plugins.security.ssl.transport.enforce_hostname_verification",
    "transport.ssl.enforce_hostname_verification",
)


@check("opensearch-nodes-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def opensearch_nodes_not_verified(node: OpenSearch) -> Iterator[Diagnostic]:
    if not known(node.plugin_on):
        return
    for name in _HOSTNAME:
        if known(node.text(name)) == "false":
            yield fail(
                f"{node.product} does not check the host names in certificates of nodes",
                at=node.where(name),
                severity=node.transport_exposure.scale(MEDIUM),
                key="hostname",
                expected=f"{name}: true",
            )
    if known(node.is_on("plugins.security_config.ssl_dual_mode_enabled")):
        yield fail(
            f"{node.product} takes in nodes that speak no TLS",
            at=node.where("plugins.security_config.ssl_dual_mode_enabled"),
            severity=node.transport_exposure.scale(HIGH),
            key="dual-mode",
            expected="no ssl_dual_mode_enabled",
        )
    if "*" in known(node.words("plugins.security.nodes_dn")):
        yield fail(
            f"{node.product} takes every certificate of its authority for a node's",
            at=node.where("plugins.security.nodes_dn"),
            severity=node.transport_exposure.scale(HIGH),
            key="nodes-dn",
            expected="plugins.security.nodes_dn with the names of the nodes",
        )
