"""The audit log of Elasticsearch leaves out who logged in or what was accessed.

## Why it matters
A list of events to include replaces the default, and events to exclude are taken out of it. A trail without refused
log-ins does not show an attack; one without granted accesses does not show whose records were read.

## Bad: events taken out
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
xpack.security.audit.logfile.events.exclude: [access_granted, authentication_failed]  # <-
```

## Bad: a list without them
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
xpack.security.audit.logfile.events.include: [authentication_failed, tampered_request]  # <-
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

## Good: all but a noisy one
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
xpack.security.audit.logfile.events.include: [_all]
xpack.security.audit.logfile.events.exclude: [authentication_success]
```

## Fix
Keep the default events; leave out single users or indices with a filter policy instead.

```yaml
xpack.security.audit.enabled: true
```

## References
- Elasticsearch reference 8.x, "Auditing security settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/auditing-settings.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch

_NEEDED = ("authentication_failed", "access_denied", "access_granted")
_EVENTS = "xpack.security.audit.logfile.events."


@check("elasticsearch-audit-gaps", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def elasticsearch_audit_gaps(node: Elasticsearch) -> Iterator[Diagnostic]:
    if node.security is False or not known(node.is_on("xpack.security.audit.enabled")):
        return
    included = known(node.words(_EVENTS + "include"))
    excluded = known(node.words(_EVENTS + "exclude"))
    listed = included and "_all" not in included
    missing = [event for event in _NEEDED if event in excluded or (listed and event not in included)]
    if missing:
        by = "exclude" if any(event in excluded for event in missing) else "include"
        yield fail(
            f"The audit log of Elasticsearch leaves out {', '.join(missing)}",
            at=node.where(_EVENTS + by),
            expected=f"{', '.join(_NEEDED)} among the audited events",
        )
