"""Elasticsearch is told to accept TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996). Current Java versions refuse them whatever this setting says, until
somebody changes `java.security` as well; on an older Java the setting alone brings them back.

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
xpack.security.http.ssl.supported_protocols: [TLSv1.2, TLSv1.1]  # <-
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
xpack.security.http.ssl.supported_protocols: [TLSv1.3, TLSv1.2]
```

## Good: not set, so Elasticsearch chooses
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

## Fix
Allow TLS 1.2 and 1.3, or delete the line.

```yaml
xpack.security.http.ssl.supported_protocols: [TLSv1.3, TLSv1.2]
```

## References
- Elasticsearch reference 8.x, "Security settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-settings.html
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch

_WITHDRAWN = frozenset({"SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"})


@check("elasticsearch-old-tls", severity=LOW, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def elasticsearch_old_tls(node: Elasticsearch) -> Iterator[Diagnostic]:
    for name in node.named(ending="ssl.supported_protocols"):
        old = [word for word in known(node.words(name)) if word in _WITHDRAWN]
        if old:
            yield fail(
                f"Elasticsearch is told to accept {' and '.join(old)} ({name})",
                at=node.where(name),
                key=name,
                expected=f"{name}: [TLSv1.3, TLSv1.2]",
            )
