"""MongoDB stores what clients send without looking whether it is well-formed.

## Why it matters
`net.wireObjectCheck: false` takes documents as they come. A malformed one ends up in a collection, and reading it back
fails or returns something else than was written.

## Bad
```yaml mongod.conf
net:
  bindIp: 127.0.0.1
  wireObjectCheck: false  # <-
```

## Bad: the older name
```text mongod.conf
bind_ip = 127.0.0.1
noobjcheck = true  # <-
```

## Good
```yaml mongod.conf
net:
  bindIp: 127.0.0.1
  wireObjectCheck: true
```

## Good: the default
```yaml mongod.conf
net:
  bindIp: 127.0.0.1
```

## Fix
Leave the option out, or:
```yaml
net:
  wireObjectCheck: true
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.wireObjectCheck: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.wireObjectCheck
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-objects-unchecked", severity=LOW, control=Control.INTEGRITY, cwe=20)
def mongodb_objects_unchecked(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.text("net.wireObjectCheck")) == "false":
        yield fail(
            "MongoDB does not look whether the documents that clients send are well-formed",
            at=server.where("net.wireObjectCheck"),
            expected="net.wireObjectCheck: true",
        )
