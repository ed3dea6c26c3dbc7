"""MongoDB listens on every address of its host.

## Why it matters
A database that listens everywhere is reachable from each network that the host is ever attached to, and one mistake in
a firewall publishes it. Open MongoDB servers have been emptied by scripts within hours.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  bindIp: 0.0.0.0  # <-
```

## Bad: `bindIpAll` beats the address above it
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  bindIp: 127.0.0.1
  bindIpAll: true  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  bindIp: 127.0.0.1,10.20.0.5
```

## Good: no address at all is localhost since 3.6
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
```

## Fix
Name the addresses on which clients and other members connect.
```yaml
net:
  bindIp: 127.0.0.1,10.20.0.5
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.bindIp: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.bindIp
- MongoDB 8.0 manual, IP Binding: https://www.mongodb.com/docs/manual/core/security-mongodb-configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-bind-all", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=1327)
def mongodb_bind_all(server: Mongod) -> Iterator[Diagnostic]:
    if server.in_container:  # a container has to listen on all of its own addresses; what matters is what is published
        return
    everywhere = [address for address in known(server.bind_addresses) if address in {"0.0.0.0", "::"}]  # noqa: S104  # compared
    if everywhere:
        safe = known(server.authorization) and known(server.tls_mode) == "requireTLS"
        yield fail(
            f"MongoDB listens on every address of its host ({', '.join(everywhere)})",
            at=server.exposure.at,
            severity=LOW if safe else HIGH,
            expected="net.bindIp with the addresses that clients use",
        )
