"""OpenSearch runs with switches that bypass its own checks.

## Why it matters
The settings below `plugins.security.unsupported` are for tests: with them a user can be named in a request header, or
the first requests are not authenticated at all.

## Bad: a header names the user
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
plugins.security.unsupported.inject_user.enabled: true  # <-
```

## Bad: nobody is asked at first
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
plugins.security.unsupported.disable_rest_auth_initially: true  # <-
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
plugins.security.unsupported.inject_user.enabled: false
```

## Good: one that is true by default and bypasses nothing
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
plugins.security.unsupported.load_static_resources: true
```

## Fix
Delete them.

```yaml
# nothing below plugins.security.unsupported
```

## References
- ConfigConstants.java of the security plugin, 2.19 ("Illegal Opcodes"): https://github.com/opensearch-project/security/blob/2.19/src/main/java/org/opensearch/security/support/ConfigConstants.java
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch

_BYPASSES = (
    "inject_user.enabled",
    "inject_user.admin.enabled",
    "disable_rest_auth_initially",
    "disable_intertransport_auth_initially",
    "passive_intertransport_auth_initially",
    "restore.securityindex.enabled",
    "restapi.allow_securityconfig_modification",
)


@check("opensearch-unsupported-switches", severity=HIGH, control=Control.AUTHORIZATION, cwe=489)
def opensearch_unsupported_switches(node: OpenSearch) -> Iterator[Diagnostic]:
    if not known(node.security):
        return
    for switch in _BYPASSES:
        name = f"plugins.security.unsupported.{switch}"
        if known(node.is_on(name)):
            yield fail(
                f"{node.product} runs with {switch}, a switch for tests that bypasses its checks",
                at=node.where(name),
                severity=node.exposure.scale(HIGH),
                key=switch,
                expected=f"no {name}",
            )
