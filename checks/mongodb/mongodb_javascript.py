"""MongoDB runs JavaScript that clients send.

## Why it matters
`$where`, `$function` and `mapReduce` run code inside the server. An application that puts user input into such a query
hands its visitors a way to read other people's records or to keep the server busy. Most applications need none of them.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:  # <-
  authorization: enabled
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  authorization: enabled
  javascriptEnabled: false
```

## Good: old syntax
```text mongod.conf
dbpath = /var/lib/mongodb
auth = true
noscripting = true
```

## Fix
Switch JavaScript off.
```yaml
security:
  javascriptEnabled: false
```

## References
- MongoDB 8.0 manual, Configuration File Options, security.javascriptEnabled: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-security.javascriptEnabled
- MongoDB 8.0 manual, Server-side JavaScript: https://www.mongodb.com/docs/manual/core/server-side-javascript/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-javascript", severity=LOW, control=Control.CODE_EXECUTION, cwe=95)
def mongodb_javascript(server: Mongod) -> Iterator[Diagnostic]:
    if server.is_data_node and known(server.is_on("security.javascriptEnabled")):
        yield fail(
            "MongoDB runs JavaScript that clients send ($where, $function, mapReduce)",
            at=server.where("security.javascriptEnabled"),
            expected="security.javascriptEnabled: false",
        )
