"""MongoDB lets clients in without a password.

## Why it matters
Without authorization every connection has the rights of an administrator: it can read each patient's record, change
it, or drop the database and leave a ransom note. MongoDB ships with authorization off.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
security:  # <-
  javascriptEnabled: false
```

## Bad: the flag is written as a boolean in the old syntax, and says no
```text mongod.conf
dbpath = /var/lib/mongodb
bind_ip = 10.20.0.5
noauth = true  # <-
```

## Bad: the official image without a root user
```yaml compose.yaml
services:
  db:  # <-
    image: mongo:7.0
    ports: ["27017:27017"]
```

## Bad: the official image does not read these names
```yaml compose.yaml
services:
  db:  # <-
    image: mongo:7.0
    environment:
      MONGODB_ROOT_USERNAME: clinic
      MONGODB_ROOT_PASSWORD: ${DB_PASSWORD}
```

## Bad: a router without the cluster's key
```yaml mongos.conf
sharding:
  configDB: config/10.20.0.7:27019
net:
  bindIp: 127.0.0.1,10.20.0.5
```

## Good: a router with the cluster's key asks its clients too
```yaml mongos.conf
sharding:
  configDB: config/10.20.0.7:27019
net:
  bindIp: 127.0.0.1,10.20.0.5
security:
  keyFile: /etc/mongodb/keyfile
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
```

## Good: a key file turns authorization on by itself
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
net:
  port: 27017
  bindIp: 127.0.0.1,10.20.0.5
replication:
  replSetName: clinic
security:
  keyFile: /etc/mongodb/keyfile
```

## Good: old syntax, `noauth` denied
```text mongod.conf
dbpath = /var/lib/mongodb
bind_ip = 10.20.0.5
noauth = false
```

## Good: the image's entrypoint adds `--auth` for a root user
```yaml compose.yaml
services:
  db:
    image: mongo:7.0
    ports: ["27017:27017"]
    environment:
      MONGO_INITDB_ROOT_USERNAME: clinic
      MONGO_INITDB_ROOT_PASSWORD_FILE: /run/secrets/db_password
```

## Good: a mounted file
```yaml compose.yaml
services:
  db:
    image: mongo:7.0
    command: ["--config", "/etc/mongod.conf"]
    volumes: ["./db/mongod.conf:/etc/mongod.conf:ro"]
```
```yaml db/mongod.conf
net:
  bindIpAll: true
security:
  authorization: enabled
```

## Fix
Create an administrator on the server's own host, then require every client to log in and restart.
```yaml
security:
  authorization: enabled
```

In the official image set both `MONGO_INITDB_ROOT_USERNAME` and `MONGO_INITDB_ROOT_PASSWORD_FILE`; other names are ignored.

## References
- MongoDB 8.0 manual, Configuration File Options, security.authorization: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-security.authorization
- MongoDB 8.0 manual, Enable Access Control: https://www.mongodb.com/docs/manual/tutorial/enable-authentication/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check(
    "mongodb-authorization-off",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.AUTHORIZATION,),
    cwe=306,
)
def mongodb_authorization_off(server: Mongod) -> Iterator[Diagnostic]:
    if known(server.is_on("security.transitionToAuth")) or known(server.authorization):
        return
    if not server.is_data_node:
        yield fail(
            "MongoDB's router lets clients in without a password: it has no key for the members of its cluster",
            at=server.where("security.keyFile"),
            severity=server.exposure.scale(CRITICAL),
            expected="security.keyFile, or security.clusterAuthMode: x509, as on all members",
        )
        return
    yield fail(
        "MongoDB lets clients in without a password, to read and change everything: authorization is off",
        at=server.where("security.authorization"),
        severity=server.exposure.scale(CRITICAL),
        expected="security.authorization: enabled",
    )
