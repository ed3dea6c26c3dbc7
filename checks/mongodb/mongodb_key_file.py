"""Members of a MongoDB cluster share one key instead of having certificates.

## Why it matters
Everyone who has the key file is every member at once: it cannot be withdrawn from one host, does not expire, and whoever
copies it has full rights in the cluster. The manual calls key files a bare minimum for testing.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
replication:
  replSetName: clinic
security:
  keyFile: /etc/mongodb/keyfile  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
  tls:
    mode: requireTLS
    certificateKeyFile: /etc/ssl/mongod.pem
    CAFile: /etc/ssl/clinic-ca.pem
replication:
  replSetName: clinic
security:
  clusterAuthMode: x509
```

## Fix
Let members authenticate with certificates.
```yaml
security:
  clusterAuthMode: x509
```

## References
- MongoDB 8.0 manual, Self-Managed Internal/Membership Authentication, Keyfiles: https://www.mongodb.com/docs/manual/core/security-internal-authentication/#keyfiles
- MongoDB 8.0 manual, Use x.509 Certificate for Membership Authentication: https://www.mongodb.com/docs/manual/tutorial/configure-x509-member-authentication/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-key-file", severity=LOW, control=Control.AUTHENTICATION, also=(Control.KEY_MANAGEMENT,), cwe=1390)
def mongodb_key_file(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.is_member) and known(server.internal_authentication) in {"keyFile", "sendKeyFile"}:
        yield fail(
            "Members authenticate with one shared key file instead of certificates",
            at=server.where("security.keyFile"),
            expected="security.clusterAuthMode: x509",
        )
