"""MongoDB accepts a log-in that hands out the password or proves little.

## Why it matters
`PLAIN` sends the password itself, so that without mandatory TLS everybody on the path has it. `MONGODB-CR` is broken and
was removed in 4.0. `SCRAM-SHA-1` keeps a hash of MD5 and SHA-1, which is guessed faster than that of `SCRAM-SHA-256`.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
setParameter:
  authenticationMechanisms: PLAIN,SCRAM-SHA-256  # <-
```

## Bad: the removed mechanism
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
setParameter:
  authenticationMechanisms: MONGODB-CR  # <-
```

## Bad: nothing better than SHA-1
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
setParameter:
  authenticationMechanisms: SCRAM-SHA-1  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
setParameter:
  authenticationMechanisms: SCRAM-SHA-256,MONGODB-X509
```

## Good: PLAIN for a directory, over mandatory TLS
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
setParameter:
  authenticationMechanisms: PLAIN,SCRAM-SHA-256
```

## Fix
Accept SCRAM-SHA-256 and certificates only.
```yaml
setParameter:
  authenticationMechanisms: SCRAM-SHA-256,MONGODB-X509
```

## References
- MongoDB 8.0 manual, Server Parameters, authenticationMechanisms: https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.authenticationMechanisms
- Compatibility Changes in MongoDB 4.0 (MONGODB-CR removed): https://www.mongodb.com/docs/manual/release-notes/4.0-compatibility/
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check(
    "mongodb-weak-mechanism",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=327,
)
def mongodb_weak_mechanism(server: Mongod) -> Iterator[Diagnostic]:
    listed = known(server.parameter("authenticationMechanisms"))
    mechanisms = {word.strip() for word in (listed or "").split(",")}
    severity = HIGH
    if "MONGODB-CR" in mechanisms:
        reason = "MongoDB accepts the broken mechanism MONGODB-CR"
    elif "PLAIN" in mechanisms and known(server.tls_mode) != "requireTLS" and known(server.outside_addresses):
        reason = "MongoDB accepts PLAIN, which sends passwords as they are, without requiring TLS"
    elif "SCRAM-SHA-1" in mechanisms and mechanisms.isdisjoint({"SCRAM-SHA-256", "MONGODB-X509", "GSSAPI"}):
        reason, severity = "MongoDB offers no better log-in than SCRAM-SHA-1", LOW
    else:
        return
    yield fail(
        reason,
        at=server.where("setParameter.authenticationMechanisms"),
        severity=server.exposure.scale(severity),
        expected="SCRAM-SHA-256, MONGODB-X509",
    )
