"""MongoDB offers commands that exist for its own tests.

## Why it matters
`enableTestCommands` adds internal commands that stop the server, change its clock or bypass checks. The manual says that
it must never be set in production.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
setParameter:
  enableTestCommands: 1  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
setParameter:
  enableTestCommands: 0
```

## Fix
Remove the parameter.
```yaml
setParameter:
  enableLocalhostAuthBypass: false
```

## References
- MongoDB 8.0 manual, Server Parameters, enableTestCommands: https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.enableTestCommands
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-test-commands", severity=HIGH, control=Control.AUTHORIZATION, cwe=489)
def mongodb_test_commands(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.parameter("enableTestCommands")) in {"1", "true"}:
        yield fail(
            "MongoDB offers internal commands meant for tests: enableTestCommands is on",
            at=server.where("setParameter.enableTestCommands"),
            severity=server.exposure.scale(HIGH),
            expected="no enableTestCommands",
        )
