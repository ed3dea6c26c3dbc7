"""InfluxDB lets clients in without a password.

## Why it matters
Whoever reaches the port reads, changes and drops every series, such as the readings of patients' devices. Version 1 asks
for nothing until `auth-enabled` is true; version 3 asks unless it is started with `--without-auth`.

## Bad: the default
```toml influxdb.conf
[meta]
  dir = "/var/lib/influxdb/meta"
[http]  # <-
  bind-address = ":8086"
```

## Bad: a variable wins over the file
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8
    ports: ["8086:8086"]
    environment:
      INFLUXDB_HTTP_AUTH_ENABLED: "false"  # <-
    volumes: ["./influxdb.conf:/etc/influxdb/influxdb.conf:ro"]
```
```toml influxdb.conf
[http]
  auth-enabled = true
```

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8  # <-
    ports: ["8086:8086"]
```

## Bad: version 3, told not to ask
```yaml compose.yaml
services:
  series:
    image: influxdb:3-core
    command: influxdb3 serve --node-id ward --object-store file --without-auth  # <-
    ports: ["8181:8181"]
```

## Bad: version 3, by a variable
```yaml compose.yaml
services:
  series:
    image: influxdb:3-core
    command: [influxdb3, serve, --node-id=ward, --object-store=file]
    environment:
      INFLUXDB3_START_WITHOUT_AUTH: "true"  # <-
    ports: ["8181:8181"]
```

## Good: version 3 by default
```yaml compose.yaml
services:
  series:
    image: influxdb:3-core
    command: influxdb3 serve --node-id ward --object-store file
    ports: ["8181:8181"]
```

## Good
```toml influxdb.conf
[meta]
  dir = "/var/lib/influxdb/meta"
[http]
  auth-enabled = true
```

## Good: the variable of the official image
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8
    ports: ["8086:8086"]
    environment:
      INFLUXDB_HTTP_AUTH_ENABLED: "true"
      INFLUXDB_ADMIN_USER: operator
```

## Good: version 2 always asks
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
    ports: ["8086:8086"]
```

## Fix
Make an administrator, then require everybody to log in:
```toml
[http]
  auth-enabled = true
```

## References
- InfluxDB 1.8 documentation, Authentication and authorization: https://docs.influxdata.com/influxdb/v1/administration/authentication_and_authorization/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def influxdb_no_authentication(server: InfluxDb) -> Iterator[Diagnostic]:
    if known(server.serves) and not known(server.asks_log_in):
        yield fail(
            f"InfluxDB lets clients in without a password, to read and drop everything; {server.exposure.reason}",
            at=server.where("http.auth-enabled" if server.major == 1 else "without-auth"),
            severity=server.exposure.scale(CRITICAL),
            expected="auth-enabled = true" if server.major == 1 else "no --without-auth",
        )
