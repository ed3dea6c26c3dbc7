"""Elasticsearch keeps no audit log.

## Why it matters
Without an audit log nobody can say after an incident who logged in, who was turned away and whose indices were read. It
is off by default and needs a licence above Basic; with Basic, a proxy in front of the node or the application has to
keep the trail.

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
```

## Bad: audited, but security is off and nothing is written
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
xpack.security.enabled: false
xpack.security.audit.enabled: true  # <-
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
xpack.security.audit.enabled: true
```

## Good: the nested spelling
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
xpack:
  security:
    enabled: true
    audit:
      enabled: true
```

## Fix
Write an audit log and ship it off the host.

```yaml
xpack.security.audit.enabled: true
```

With the Basic licence, write the trail in a proxy or the application and record that decision.

## References
- Elasticsearch reference 8.x, "Auditing security settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/auditing-settings.html
- Elasticsearch reference 8.x, "Enable audit logging": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/enable-audit-logging.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-audit-log-off", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def elasticsearch_audit_log_off(node: Elasticsearch) -> Iterator[Diagnostic]:
    if known(node.audits):
        return
    name = "xpack.security.audit.enabled"
    cannot = node.edition == "oss" or known(node.text("xpack.license.self_generated.type")) == "basic"
    if known(node.text(name)) == "true":
        why = "the audit log needs xpack.security.enabled: true"
    else:
        why = "its licence does not include one" if cannot else f"{name} is not true"
    yield fail(
        f"Elasticsearch keeps no audit log: {why}",
        at=node.where(name),
        severity=LOW if cannot else MEDIUM,
        expected=f"{name}: true, or an audit trail in a proxy or the application",
    )
