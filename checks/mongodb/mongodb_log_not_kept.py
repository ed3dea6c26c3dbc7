"""MongoDB does not log connections, or throws its log away.

## Why it matters
`quiet` drops the messages about accepted and ended connections, and a log written to `/dev/null` is gone. Both remove the
only trace that Community has of who connected and of failed log-ins.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
systemLog:
  destination: file
  path: /var/log/mongodb/mongod.log
  quiet: true  # <-
```

## Bad: thrown away
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
systemLog:
  destination: file
  path: /dev/null  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
systemLog:
  destination: file
  path: /var/log/mongodb/mongod.log
  logAppend: true
```

## Good: standard output, which the service manager keeps
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
```

## Fix
Log connections to a file that is kept.
```yaml
systemLog:
  destination: file
  path: /var/log/mongodb/mongod.log
  logAppend: true
  quiet: false
```

## References
- MongoDB 8.0 manual, Configuration File Options, systemLog.quiet: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-systemLog.quiet
- MongoDB 8.0 manual, Configuration File Options, systemLog.path: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-systemLog.path
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-log-not-kept", severity=MEDIUM, control=Control.AUDIT_LOGGING, also=(Control.MONITORING,), cwe=778)
def mongodb_log_not_kept(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.is_on("systemLog.quiet")):
        yield fail(
            "MongoDB does not log connections: systemLog.quiet is true",
            at=server.where("systemLog.quiet"),
            severity=LOW,
            key="quiet",
            expected="systemLog.quiet: false",
        )
    if known(server.text("systemLog.path")) == "/dev/null":
        yield fail(
            "MongoDB throws its log away: it is written to /dev/null",
            at=server.where("systemLog.path"),
            key="path",
            expected="a log file that is kept",
        )
