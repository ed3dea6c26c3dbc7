"""Elasticsearch gives requests without a log-in a role.

## Why it matters
Security is on, but a request without credentials becomes the anonymous user with the roles listed here. Nothing ties
such an access to a person or a service, and the roles apply to everybody who reaches the port.

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
xpack.security.authc.anonymous.roles: monitoring_user  # <-
```

## Bad: with all rights
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
xpack.security.authc:
  anonymous:
    roles: [superuser]  # <-
```

## Bad: of any version
```yaml elasticsearch.yml
network.host: 10.20.0.5
xpack.security.authc.anonymous:
  username: guest
  roles: [records_reader]  # <-
```

## Good: security is off, which another check reports
```yaml elasticsearch.yml
xpack.security.enabled: false
xpack.security.authc.anonymous.roles: superuser
```

## Good: a user name alone gives no role
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
xpack.security.authc.anonymous.username: nobody
```

## Fix
Remove the anonymous roles and give each service an API key.

```yaml
# no xpack.security.authc.anonymous.roles
```

## References
- Elasticsearch reference 8.x, "Enabling anonymous access": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/anonymous-access.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-anonymous-access", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def elasticsearch_anonymous_access(node: Elasticsearch) -> Iterator[Diagnostic]:
    name = "xpack.security.authc.anonymous.roles"
    roles = known(node.words(name))
    if not roles:
        return
    if node.security is not False:  # without security everything is open, which another check reports
        is_superuser = "superuser" in roles
        yield fail(
            f"Elasticsearch gives requests without a log-in the roles {', '.join(roles)}; {node.exposure.reason}",
            at=node.where(name),
            severity=node.exposure.scale(CRITICAL if is_superuser else HIGH),
            expected="no xpack.security.authc.anonymous.roles",
        )
