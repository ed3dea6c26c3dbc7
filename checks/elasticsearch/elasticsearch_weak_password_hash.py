"""Elasticsearch stores passwords with few rounds of hashing.

## Why it matters
A copy of the security index, from a snapshot or a disk, is attacked offline. With few rounds a graphics card tries
millions of passwords a second against it.

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
xpack.security.authc.password_hashing.algorithm: bcrypt4  # <-
```

## Good: the default has ten rounds
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
xpack.security.authc.password_hashing.algorithm: pbkdf2_stretch
```

## Fix
Delete the line or name a slow algorithm.

```yaml
xpack.security.authc.password_hashing.algorithm: bcrypt12
```

## References
- Elasticsearch reference 8.x, "User cache and password hash algorithms": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/security-settings.html#hashing-settings
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch

_FEW_ROUNDS = frozenset({f"bcrypt{rounds}" for rounds in range(4, 10)} | {"pbkdf2_1000", "pbkdf2_stretch_1000"})


@check("elasticsearch-weak-password-hash", severity=LOW, control=Control.PASSWORD_POLICY, cwe=916)
def elasticsearch_weak_password_hash(node: Elasticsearch) -> Iterator[Diagnostic]:
    name = "xpack.security.authc.password_hashing.algorithm"
    algorithm = (known(node.text(name)) or "").lower()
    if algorithm in _FEW_ROUNDS:
        yield fail(
            f"Elasticsearch stores passwords with few rounds of hashing ({algorithm})",
            at=node.where(name),
            expected="bcrypt, bcrypt12 or pbkdf2_stretch",
        )
