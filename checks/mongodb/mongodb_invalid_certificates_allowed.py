"""MongoDB accepts certificates that it cannot verify.

## Why it matters
With `allowInvalidCertificates` or `allowInvalidHostnames` any certificate will do, so whoever stands between two
members or between a client and the server can present one of his own and read along.

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
    allowInvalidCertificates: true  # <-
```

## Bad: host names are not compared
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
    allowInvalidHostnames: true  # <-
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

## Good: spelt out
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
    allowInvalidCertificates: false
```

## Fix
Remove the option and issue certificates whose names match the hosts.
```yaml
net:
  tls:
    mode: requireTLS
    CAFile: /etc/ssl/clinic-ca.pem
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.tls.allowInvalidCertificates: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.tls.allowInvalidCertificates
- MongoDB 8.0 manual, Configuration File Options, net.tls.allowInvalidHostnames: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.tls.allowInvalidHostnames
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-invalid-certificates-allowed", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def mongodb_invalid_certificates_allowed(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.tls_mode) == "disabled":
        return
    for name, what in (
        ("net.tls.allowInvalidCertificates", "certificates are not verified"),
        ("net.tls.allowInvalidHostnames", "the host name in a certificate is not compared"),
    ):
        if known(server.is_on(name)):
            yield fail(
                f"{name} is true, so that {what}",
                at=server.where(name),
                severity=server.exposure.scale(HIGH),
                key=name,
                expected=f"no {name}",
            )
