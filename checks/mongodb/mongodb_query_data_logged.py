"""MongoDB copies the values in queries to its log or its profile collection.

## Why it matters
Queries hold names, birth dates and record numbers. With profiling of every operation, or a verbose log, they are copied to
places with other readers than the data itself, and stay there.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
operationProfiling:
  mode: all  # <-
```

## Bad: a verbose log
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
systemLog:
  verbosity: 2  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
operationProfiling:
  mode: slowOp
systemLog:
  verbosity: 0
```

## Good: Enterprise leaves the values out
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  redactClientLogData: true
systemLog:
  verbosity: 1
```

## Fix
Profile slow operations only and leave the log quiet about queries.
```yaml
operationProfiling:
  mode: slowOp
systemLog:
  verbosity: 0
```

## References
- MongoDB 8.0 manual, Configuration File Options, operationProfiling.mode: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-operationProfiling.mode
- MongoDB 8.0 manual, Configuration File Options, systemLog.verbosity: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-systemLog.verbosity
- MongoDB 8.0 manual, Monitoring, log redaction (Enterprise): https://www.mongodb.com/docs/manual/administration/monitoring/#log-redaction
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-query-data-logged", severity=MEDIUM, control=Control.PHI_EXPOSURE, cwe=532)
def mongodb_query_data_logged(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.text("operationProfiling.mode")) in {"all", "2"}:
        yield fail(
            "MongoDB copies every operation with its values to system.profile",
            at=server.where("operationProfiling.mode"),
            key="profile",
            expected="operationProfiling.mode: slowOp or off",
        )
    verbosity = known(server.text("systemLog.verbosity"))
    if verbosity in {"1", "2", "3", "4", "5"} and not known(server.is_on("security.redactClientLogData")):
        yield fail(
            f"MongoDB logs debugging messages, which hold queries (verbosity {verbosity})",
            at=server.where("systemLog.verbosity"),
            key="log",
            expected="systemLog.verbosity: 0",
        )
