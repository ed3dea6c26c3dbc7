"""OpenSearch runs with the users of its demonstration set-up.

## Why it matters
Unless it is told otherwise, the image runs `install_demo_configuration.sh`, which fills the user database with users
whose passwords are their names. Up to 2.11 that includes the administrator; later versions ask for that one password
and leave `kibanaserver`, `readall` and the others as published.

## Bad: the administrator as well
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.11.1  # <-
    environment:
      - discovery.type=single-node
```

## Bad: only the administrator has a new password
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1  # <-
    environment:
      - discovery.type=single-node
      - OPENSEARCH_INITIAL_ADMIN_PASSWORD=${OPENSEARCH_PASSWORD}
    ports: ["9200:9200"]
```

## Good: no demonstration
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1
    environment:
      - discovery.type=single-node
      - DISABLE_INSTALL_DEMO_CONFIG=true
    volumes:
      - ./opensearch.yml:/usr/share/opensearch/config/opensearch.yml
```
```yaml opensearch.yml
network.host: 0.0.0.0
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
```

## Good: a settings file with the plugin in it, which the set-up leaves alone
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1
    environment:
      - discovery.type=single-node
    volumes:
      - ./opensearch.yml:/usr/share/opensearch/config/opensearch.yml
```
```yaml opensearch.yml
network.host: 0.0.0.0
plugins.security.ssl.transport.pemcert_filepath: node.pem
plugins.security.ssl.transport.pemkey_filepath: node-key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: clinic-ca.pem
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: node.pem
plugins.security.ssl.http.pemkey_filepath: node-key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: clinic-ca.pem
```

## Fix
Switch the demonstration off and bring certificates, users and roles of your own.

```yaml
environment:
  DISABLE_INSTALL_DEMO_CONFIG: "true"
```

## References
- OpenSearch documentation 2.x, "Setting up a demo configuration": https://docs.opensearch.org/2.19/security/configuration/demo-configuration/
- OpenSearch documentation 2.x, "Docker": https://docs.opensearch.org/2.19/install-and-configure/install-opensearch/docker/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-demo-setup", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def opensearch_demo_setup(node: OpenSearch) -> Iterator[Diagnostic]:
    users = known(node.published_users)
    if users:
        yield fail(
            f"The image sets up users with published passwords: {', '.join(users)}; {node.exposure.reason}",
            at=node.at,
            severity=node.exposure.scale(CRITICAL if "admin" in users else HIGH),
            expected="DISABLE_INSTALL_DEMO_CONFIG=true and users of your own",
        )
