"""MongoDB would refuse to start with this configuration.

## Why it matters
A file that mongod refuses is not the one that the running server was started with: either the server is down, or it
runs on something else and this file shows a security that does not exist. Nothing else in the file can be judged.

## Bad: authorization is a word, not a boolean
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: true  # <-
```

## Bad: a misspelt option
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorisation: enabled  # <-
```

## Bad: an option given twice
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
net.port: 27018  # <-
```

## Bad: both syntaxes in one file
```text mongod.conf
net:
  port: 27017
auth = true
```

## Bad: an option of mongod in a router's file
```yaml mongos.conf
sharding:
  configDB: config/10.20.0.7:27019
security:
  authorization: enabled  # <-
```

## Bad: a router without configuration servers
```yaml compose.yaml
services:
  router:  # <-
    image: mongo:8.0
    command: mongos --bind_ip_all --keyFile /etc/mongodb/keyfile
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: "enabled"
```

## Good: dotted names
```yaml mongod.conf
storage.dbPath: /var/lib/mongodb
security.authorization: enabled
```

## Fix
Correct the line; `mongod --config /etc/mongod.conf --outputConfig` shows what mongod makes of the file.
```yaml
security:
  authorization: enabled
```

## References
- MongoDB 8.0 manual, Configuration File Options: https://www.mongodb.com/docs/manual/reference/configuration-options/
- MongoDB 8.0 manual, mongod, --outputConfig: https://www.mongodb.com/docs/manual/reference/program/mongod/#std-option-mongod.--outputConfig
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mongodb import Mongod


@check(
    "mongodb-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def mongodb_refused_configuration(server: Mongod) -> Iterator[Diagnostic]:
    for problem in server.refused:
        yield fail(f"MongoDB would refuse to start: {problem.message}", at=problem.at, key=str(problem.at.line))
