"""MongoDB accepts TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996). mongod disables TLS 1.0 by itself; an explicit `disabledProtocols`
replaces that choice, and `none` brings the old versions back.

## Bad
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
    disabledProtocols: none  # <-
```

## Bad: only one of the two
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
    disabledProtocols: TLS1_0  # <-
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
    disabledProtocols: TLS1_0,TLS1_1
```

## Good: not set, so mongod chooses
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
Disable TLS 1.0 and 1.1.
```yaml
net:
  tls:
    disabledProtocols: TLS1_0,TLS1_1
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.tls.disabledProtocols: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.tls.disabledProtocols
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def mongodb_old_tls(server: Mongod) -> Iterator[Diagnostic]:
    disabled = known(server.text("net.tls.disabledProtocols"))
    if disabled is None or known(server.tls_mode) == "disabled":
        return
    off = {word.strip() for word in disabled.split(",")}
    permitted = [name for word, name in (("TLS1_0", "TLS 1.0"), ("TLS1_1", "TLS 1.1")) if word not in off]
    if permitted:
        yield fail(
            f"MongoDB accepts {' and '.join(permitted)}",
            at=server.where("net.tls.disabledProtocols"),
            severity=server.exposure.scale(MEDIUM),
            expected="disabledProtocols: TLS1_0,TLS1_1",
        )
