"""MongoDB does not encrypt its data files.

## Why it matters
A disk, a snapshot or a backup that leaves the server can be read with any mongod. MongoDB Enterprise and Percona Server
encrypt the files themselves. Community cannot; there the volume below it has to be encrypted.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:  # <-
  authorization: enabled
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
  enableEncryption: true
  kmip:
    serverName: kmip.clinic.example
```

## Fix
Encrypt the data files with MongoDB Enterprise or Percona Server, with the key in a key server.
```yaml
security:
  enableEncryption: true
  kmip:
    serverName: kmip.clinic.example
```

With Community, put `storage.dbPath` on an encrypted volume (LUKS, an encrypted cloud disk) and record that decision.

## References
- MongoDB 8.0 manual, Encryption at Rest: https://www.mongodb.com/docs/manual/core/security-encryption-at-rest/
- Percona Server for MongoDB 8.0, Data at rest encryption: https://docs.percona.com/percona-server-for-mongodb/8.0/data-at-rest-encryption.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-encryption-at-rest", severity=MEDIUM, control=Control.ENCRYPTION_AT_REST, cwe=311)
def mongodb_encryption_at_rest(server: Mongod) -> Iterator[Diagnostic]:
    if not server.is_data_node or known(server.is_on("security.enableEncryption")):
        return
    if server.edition in {"enterprise", "percona"}:
        yield fail(
            "MongoDB writes its data files unencrypted although this edition can encrypt them",
            at=server.where("security.enableEncryption"),
            expected="security.enableEncryption: true",
        )
    else:
        yield fail(
            "MongoDB writes its data files unencrypted, so that only the volume below can protect them",
            at=server.where("security.enableEncryption"),
            severity=LOW,
            expected="an encrypted volume, or security.enableEncryption in MongoDB Enterprise or Percona Server",
        )
