"""Members of a MongoDB cluster do not authenticate each other.

## Why it matters
Clients have to log in, but without a key file or certificates a member cannot tell another member from a stranger: a
foreign server that joins receives a copy of all data. Newer versions refuse to start like this.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
replication:
  replSetName: clinic
security:  # <-
  authorization: enabled
```

## Bad: a replica set of the official image
```yaml compose.yaml
services:
  db:  # <-
    image: mongo:7.0
    command: ["mongod", "--replSet", "clinic", "--auth"]
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
replication:
  replSetName: clinic
security:
  authorization: enabled
  clusterAuthMode: x509
```

## Good: no cluster
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
```

## Fix
Let members authenticate each other with certificates.
```yaml
security:
  authorization: enabled
  clusterAuthMode: x509
```

## References
- MongoDB 8.0 manual, Self-Managed Internal/Membership Authentication: https://www.mongodb.com/docs/manual/core/security-internal-authentication/
- MongoDB 8.0 manual, Configuration File Options, security.clusterAuthMode: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-security.clusterAuthMode
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-internal-authentication-missing", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def mongodb_internal_authentication_missing(server: Mongod) -> Iterator[Diagnostic]:
    if not known(server.is_member) or not known(server.authorization):
        return
    if known(server.internal_authentication) is None:
        yield fail(
            "Members of the cluster do not authenticate each other: there is neither a key file nor x509",
            at=server.where("security.keyFile"),
            severity=server.exposure.scale(HIGH),
            expected="security.clusterAuthMode: x509",
        )
