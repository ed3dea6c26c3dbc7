"""MongoDB serves clients of other hosts without TLS.

## Why it matters
Records, queries and the exchange of the log-in cross the network readable and changeable for anybody on the path. A
private network does not change that: intruders move sideways through it.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:  # <-
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
```

## Bad: switched off in the older spelling
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
  ssl:
    mode: disabled  # <-
```

## Bad: a router
```yaml mongos.conf
sharding:
  configDB: config/10.20.0.7:27019
net:  # <-
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
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
```

## Good: reachable from the same host only
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  bindIp: 127.0.0.1
```

## Fix
Require TLS.
```yaml
net:
  tls:
    mode: requireTLS
    certificateKeyFile: /etc/ssl/mongod.pem
    CAFile: /etc/ssl/clinic-ca.pem
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.tls.mode: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.tls.mode
- MongoDB 8.0 manual, Configure mongod and mongos for TLS/SSL: https://www.mongodb.com/docs/manual/tutorial/configure-ssl/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-tls-off", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def mongodb_tls_off(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.tls_mode) == "disabled" and known(server.outside_addresses):
        yield fail(
            f"MongoDB serves clients without TLS; {server.exposure.reason}",
            at=server.where("net.tls.mode"),
            severity=server.exposure.scale(HIGH),
            expected="net.tls.mode: requireTLS",
        )
