"""The audit log of Elasticsearch holds the bodies of requests.

## Why it matters
The bodies of searches and updates are records and search terms about patients. The audit log writes them unfiltered,
and the log travels to places where fewer people should see them: log servers, tickets, support cases.

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
xpack.security.audit.enabled: true
xpack.security.audit.logfile.events.emit_request_body: true  # <-
```

## Good: the default
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
xpack.security.audit.enabled: true
```

## Good: nothing is audited
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
xpack.security.audit.logfile.events.emit_request_body: true
```

## Fix
Leave bodies out.

```yaml
xpack.security.audit.logfile.events.emit_request_body: false
```

## References
- Elasticsearch reference 8.x, "Auditing security settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/auditing-settings.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-audit-request-bodies", severity=MEDIUM, control=Control.PHI_EXPOSURE, cwe=532)
def elasticsearch_audit_request_bodies(node: Elasticsearch) -> Iterator[Diagnostic]:
    name = "xpack.security.audit.logfile.events.emit_request_body"
    if node.security is False:
        return
    if known(node.is_on(name)) and known(node.is_on("xpack.security.audit.enabled")):
        yield fail(
            "Elasticsearch writes the bodies of requests, records among them, to the audit log",
            at=node.where(name),
            expected=f"{name}: false",
        )
