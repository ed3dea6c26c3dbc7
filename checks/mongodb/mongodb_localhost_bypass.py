"""MongoDB lets a program on its own host create the first administrator.

## Why it matters
While a server has no user, a connection from its own host may create one with all rights. In a sharded cluster this
holds for each shard separately, so a shard that was never given a user of its own stays open to every program there.

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
  keyFile: /etc/mongodb/keyfile
setParameter:  # <-
  auditAuthorizationSuccess: true
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
  keyFile: /etc/mongodb/keyfile
setParameter:
  enableLocalhostAuthBypass: false
```

## Good: a standalone server, which has its first user before it has data
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
Close the localhost exception after the first administrator exists.
```yaml
setParameter:
  enableLocalhostAuthBypass: false
```

## References
- MongoDB 8.0 manual, Localhost Exception: https://www.mongodb.com/docs/manual/core/localhost-exception/
- MongoDB 8.0 manual, Server Parameters, enableLocalhostAuthBypass: https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.enableLocalhostAuthBypass
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-localhost-bypass", severity=LOW, control=Control.AUTHENTICATION, cwe=1188)
def mongodb_localhost_bypass(server: Mongod) -> Iterator[Diagnostic]:
    if not server.is_data_node or not known(server.is_member) or not known(server.authorization):
        return
    if known(server.parameter("enableLocalhostAuthBypass")) in {"true", "1"}:
        yield fail(
            "MongoDB lets any program on its host create an administrator while it has no user (localhost exception)",
            at=server.where("setParameter.enableLocalhostAuthBypass"),
            expected="setParameter.enableLocalhostAuthBypass: false",
        )
