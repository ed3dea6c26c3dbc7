"""One request may delete all indices of OpenSearch.

## Why it matters
With `action.destructive_requires_name: false` a request to delete `*` or `_all`, sent by mistake or by an intruder,
removes every index at once.

## Bad
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
action.destructive_requires_name: false  # <-
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
action.destructive_requires_name: true
```

## Good: in quotes
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
action:
  destructive_requires_name: "true"
```

## Fix
Require the names of indices.

```yaml
action.destructive_requires_name: true
```

## References
- OpenSearch documentation 2.x, "Index settings": https://docs.opensearch.org/2.19/install-and-configure/configuring-opensearch/index-settings/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-destructive-wildcards", severity=MEDIUM, control=Control.INTEGRITY)
def opensearch_destructive_wildcards(node: OpenSearch) -> Iterator[Diagnostic]:
    if known(node.text("action.destructive_requires_name")) == "false":
        yield fail(
            f"One request may delete all indices of {node.product} by a wildcard",
            at=node.where("action.destructive_requires_name"),
            expected="action.destructive_requires_name: true",
        )
