"""InfluxDB lets the first client that comes make itself the administrator.

## Why it matters
With log-in required and no user yet, version 1 takes `CREATE USER … WITH ALL PRIVILEGES` from anybody; version 2 offers
its set-up page to whoever opens it first. Until then the door is open.

## Bad: version 2 without its set-up
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7  # <-
    ports: ["8086:8086"]
```

## Bad: version 1
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8  # <-
    ports: ["8086:8086"]
    environment:
      INFLUXDB_HTTP_AUTH_ENABLED: "true"
```

## Good
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
    ports: ["8086:8086"]
    environment:
      DOCKER_INFLUXDB_INIT_MODE: setup
      DOCKER_INFLUXDB_INIT_USERNAME: operator
      DOCKER_INFLUXDB_INIT_PASSWORD: ${INFLUX_PASSWORD:?set it}
```

## Good: version 1 with an administrator
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8
    ports: ["8086:8086"]
    environment:
      INFLUXDB_HTTP_AUTH_ENABLED: "true"
      INFLUXDB_ADMIN_USER: operator
      INFLUXDB_ADMIN_PASSWORD: ${INFLUX_PASSWORD:?set it}
```

## Fix
Let the image set the server up before its port is open:
```yaml
environment:
  DOCKER_INFLUXDB_INIT_MODE: setup
```

## References
- Docker Official Image influxdb, "Automated Setup": https://hub.docker.com/_/influxdb
- InfluxDB 1.8 documentation, Authentication and authorization: https://docs.influxdata.com/influxdb/v1/administration/authentication_and_authorization/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-no-administrator", severity=HIGH, control=Control.AUTHENTICATION, cwe=1188)
def influxdb_no_administrator(server: InfluxDb) -> Iterator[Diagnostic]:
    if not known(server.asks_log_in):
        return  # influxdb-no-authentication says more
    if not known(server.has_administrator):
        yield fail(
            f"The first client of an empty InfluxDB may make itself the administrator; {server.exposure.reason}",
            severity=server.exposure.scale(HIGH),
            confidence=Confidence.MEDIUM,
            expected="DOCKER_INFLUXDB_INIT_MODE=setup, or INFLUXDB_ADMIN_USER for version 1",
        )
