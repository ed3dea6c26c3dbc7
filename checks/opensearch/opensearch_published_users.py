"""OpenSearch has users whose passwords are published.

## Why it matters
The plugin comes with users for demonstrations: `admin`, `kibanaserver`, `kibanaro`, `logstash`, `readall` and
`snapshotrestore`. Each password is the user's name, and every scanner knows them; `readall` reads every record. Since
2.12 the image asks for a password of the administrator and leaves the others as they were.

## Bad: the administrator
```yaml opensearch-security/internal_users.yml
_meta:
  type: "internalusers"
  config_version: 2
admin:
  hash: "$2a$12$VcCDgh2NDk07JGN0rjGbM.Ad41qVR/YFJcgHp0UGns5JDymv..TOG"  # <-
  reserved: true
  backend_roles:
  - "admin"
```

## Bad: another user that comes with it
```yaml opensearch-security/internal_users.yml
_meta:
  type: "internalusers"
  config_version: 2
admin:
  hash: "$2y$12$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  backend_roles:
  - "admin"
logstash:
  hash: "$2a$12$u1ShR4l4uBS3Uv59Pa2y5.1uQuZBrZtmNfqB3iM/.jL0XoV9sghS2"  # <-
  backend_roles:
  - "logstash"
```

## Good: own passwords
```yaml opensearch-security/internal_users.yml
_meta:
  type: "internalusers"
  config_version: 2
admin:
  hash: "$2y$12$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  reserved: true
  backend_roles:
  - "admin"
```

## Good: no demonstration, and users of its own
```yaml compose.yaml
services:
  search:
    image: opensearchproject/opensearch:2.19.1
    environment:
      - discovery.type=single-node
      - DISABLE_INSTALL_DEMO_CONFIG=true
    volumes:
      - ./opensearch.yml:/usr/share/opensearch/config/opensearch.yml
      - ./internal_users.yml:/usr/share/opensearch/config/opensearch-security/internal_users.yml
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
```yaml internal_users.yml
_meta:
  type: "internalusers"
  config_version: 2
admin:
  hash: "$2y$12$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  reserved: true
```

## Fix
Delete the users you do not need and hash new passwords for the others with `plugins/opensearch-security/tools/hash.sh`.

```yaml
admin:
  hash: "<output of hash.sh>"
  reserved: true
  backend_roles: ["admin"]
```

## References
- OpenSearch documentation 2.x, "Setting up a demo configuration": https://docs.opensearch.org/2.19/security/configuration/demo-configuration/
- OpenSearch documentation 2.x, "Modifying the YAML files": https://docs.opensearch.org/2.19/security/configuration/yaml/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import InternalUsers


@check("opensearch-published-users", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def opensearch_published_users(file: InternalUsers) -> Iterator[Diagnostic]:
    for user in file.users:
        if known(user.is_published):
            rights = "an administrator" if user.is_administrator else "a user that comes with the plugin"
            yield fail(
                f"The password of {user.name}, {rights}, is published",
                at=user.at,
                severity=CRITICAL if user.is_administrator else HIGH,
                key=user.name,
                expected="a hash of a password of your own, or no such user",
            )
