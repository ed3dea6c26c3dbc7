"""MongoDB serves its old HTTP interface.

## Why it matters
Up to 3.4 mongod could serve status pages and, with REST or JSONP, data over plain HTTP on the port 1000 above its own.
It asks nobody for a password when authorization is off, and 3.6 removed it.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
  http:
    enabled: true  # <-
```

## Bad: old syntax
```text mongod.conf
dbpath = /var/lib/mongodb
auth = true
rest = true  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
  http:
    enabled: false
```

## Fix
Remove `net.http`, and run a supported version.
```yaml
net:
  port: 27017
  bindIp: 127.0.0.1
```

## References
- MongoDB 3.4 manual, Configuration File Options, net.http: https://www.mongodb.com/docs/v3.4/reference/configuration-options/#net-http-options
- Compatibility Changes in MongoDB 3.6: https://www.mongodb.com/docs/manual/release-notes/3.6-compatibility/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check(
    "mongodb-http-interface", severity=HIGH, control=Control.NETWORK_EXPOSURE, also=(Control.AUTHENTICATION,), cwe=306
)
def mongodb_http_interface(server: Mongod) -> Iterator[Diagnostic]:
    for name in ("net.http.enabled", "net.http.RESTInterfaceEnabled", "net.http.JSONPEnabled"):
        if known(server.is_on(name)):
            yield fail(
                f"MongoDB serves its HTTP interface: {name} is true",
                at=server.where(name),
                severity=server.exposure.scale(HIGH),
                key=name,
                expected="no HTTP interface",
            )
