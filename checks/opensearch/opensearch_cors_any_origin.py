"""Pages of any site may read what OpenSearch answers.

## Why it matters
With any origin allowed, a page that a member of staff opens somewhere else can query the node from inside the clinic's
network, through the browser.

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
http.cors.enabled: true
http.cors.allow-origin: "*"  # <-
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
http.cors.enabled: true
http.cors.allow-origin: "https://search.clinic.example"
```

## Good: not enabled, so the origin is not read
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
http.cors.allow-origin: "*"
```

## Fix
Name the origins of the pages that need it, or leave it off.

```yaml
http.cors.enabled: true
http.cors.allow-origin: "https://search.clinic.example"
```

## References
- OpenSearch documentation 2.x, "Network settings": https://docs.opensearch.org/2.19/install-and-configure/configuring-opensearch/network-settings/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def opensearch_cors_any_origin(node: OpenSearch) -> Iterator[Diagnostic]:
    if known(node.any_origin):
        open_to_all = node.security is False
        words = ", without a log-in" if open_to_all else ""
        yield fail(
            f"Pages of any site may read what {node.product} answers{words}",
            at=node.where("http.cors.allow-origin"),
            severity=HIGH if open_to_all else MEDIUM,
            expected="http.cors.allow-origin with the origins of the clinic's own pages",
        )
