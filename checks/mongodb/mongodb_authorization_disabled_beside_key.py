"""MongoDB's authorization is off beside a key file that would switch it on.

## Why it matters
A key file or `clusterAuthMode` turns authorization on, an explicit `authorization: disabled` contradicts it, and the
versions of mongod resolve the contradiction differently: 3.6 keeps authorization on, current versions turn it off. An
upgrade can open the database without a changed line.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
  authorization: disabled  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
  authorization: enabled
```

## Good: the key file alone
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
```

## Fix
Switch authorization on.
```yaml
security:
  keyFile: /etc/mongodb/keyfile
  authorization: enabled
```

## References
- MongoDB 8.0 manual, Configuration File Options, security.authorization: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-security.authorization
- MongoDB 8.0 manual, Self-Managed Internal/Membership Authentication: https://www.mongodb.com/docs/manual/core/security-internal-authentication/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-authorization-disabled-beside-key", severity=HIGH, control=Control.AUTHENTICATION, cwe=1188)
def mongodb_authorization_disabled_beside_key(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.is_disabled_beside_key):
        yield fail(
            "security.authorization is disabled beside internal authentication; current versions let clients in without a password",
            at=server.where("security.authorization"),
            severity=server.exposure.scale(HIGH),
            expected="security.authorization: enabled",
        )
