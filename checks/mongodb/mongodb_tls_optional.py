"""MongoDB accepts clients without TLS beside those with it.

## Why it matters
`allowTLS` and `preferTLS` are steps of a migration. While they are in force a client that is not configured for TLS
connects in clear text and nobody notices.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
  tls:
    mode: preferTLS  # <-
    certificateKeyFile: /etc/ssl/mongod.pem
    CAFile: /etc/ssl/clinic-ca.pem
```

## Bad: older spelling
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
  ssl:
    mode: allowSSL  # <-
    PEMKeyFile: /etc/ssl/mongod.pem
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

## Fix
Require TLS once all clients use it.
```yaml
net:
  tls:
    mode: requireTLS
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.tls.mode: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.tls.mode
- MongoDB 8.0 manual, Upgrade a Cluster to Use TLS/SSL: https://www.mongodb.com/docs/manual/tutorial/upgrade-cluster-to-ssl/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-tls-optional", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def mongodb_tls_optional(server: Mongod) -> Iterator[Diagnostic]:
    mode = known(server.tls_mode)
    if mode in {"allowTLS", "preferTLS"} and known(server.outside_addresses):
        yield fail(
            f"MongoDB accepts clients without TLS beside those with it (mode {mode})",
            at=server.where("net.tls.mode"),
            severity=server.exposure.scale(HIGH),
            expected="net.tls.mode: requireTLS",
        )
