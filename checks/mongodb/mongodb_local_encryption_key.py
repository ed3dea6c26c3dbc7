"""The key that encrypts MongoDB's files lies in a file beside them.

## Why it matters
A copy of the disk then holds the lock and the key. MongoDB's manual advises against `encryptionKeyFile` in production:
a key server (KMIP, or Vault with Percona Server) can rotate and withdraw the key.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  enableEncryption: true
  encryptionKeyFile: /etc/mongodb/data.key  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  enableEncryption: true
  kmip:
    serverName: kmip.clinic.example
```

## Fix
Keep the key in a key server.
```yaml
security:
  enableEncryption: true
  kmip:
    serverName: kmip.clinic.example
    serverCAFile: /etc/ssl/kmip-ca.pem
```

## References
- MongoDB 8.0 manual, Configure Encryption: https://www.mongodb.com/docs/manual/tutorial/configure-encryption/
- MongoDB 8.0 manual, Configuration File Options, security.encryptionKeyFile: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-security.encryptionKeyFile
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-local-encryption-key", severity=MEDIUM, control=Control.KEY_MANAGEMENT, cwe=922)
def mongodb_local_encryption_key(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.is_on("security.enableEncryption")) and known(server.text("security.encryptionKeyFile")):
        yield fail(
            "The key of the data files lies in a local file instead of a key server",
            at=server.where("security.encryptionKeyFile"),
            expected="security.kmip",
        )
