"""MongoDB lets clients in without a password during a transition.

## Why it matters
`transitionToAuth` exists to upgrade a running cluster step by step. While it is on, a client that never logs in is
served like one that does, so the user accounts protect nothing.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
  transitionToAuth: true  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
```

## Good: set, but to false
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
  transitionToAuth: false
```

## Fix
Remove the line from every member once all clients log in, and restart the members one after the other.
```yaml
security:
  keyFile: /etc/mongodb/keyfile
```

## References
- MongoDB 8.0 manual, Configuration File Options, security.transitionToAuth: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-security.transitionToAuth
- MongoDB 8.0 manual, Update a Replica Set to Keyfile Authentication (No Downtime): https://www.mongodb.com/docs/manual/tutorial/enforce-keyfile-access-control-in-existing-replica-set-without-downtime/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-transition-to-auth", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def mongodb_transition_to_auth(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.is_on("security.transitionToAuth")):
        yield fail(
            "MongoDB lets clients in without a password: transitionToAuth is on",
            at=server.where("security.transitionToAuth"),
            severity=server.exposure.scale(CRITICAL),
            expected="no security.transitionToAuth",
        )
