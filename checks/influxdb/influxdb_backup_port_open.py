"""InfluxDB gives its backups to everybody.

## Why it matters
The port for backup and restore has no log-in. Whoever reaches it takes a copy of all data, or puts another one in place.
By default it is on loopback.

## Bad
```toml influxdb.conf
bind-address = "10.20.0.5:8088"  # <-
[http]
  auth-enabled = true
```

## Bad: a variable
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8
    ports: ["8086:8086", "8088:8088"]
    environment:
      INFLUXDB_BIND_ADDRESS: ":8088"  # <-
```

## Good: the default
```toml influxdb.conf
[http]
  bind-address = ":8086"
  auth-enabled = true
```

## Fix
```toml
bind-address = "127.0.0.1:8088"
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (bind-address): https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-backup-port-open", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def influxdb_backup_port_open(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major != 1:
        return
    host, port = server.split(known(server.text("bind-address")) or "127.0.0.1:8088")
    exposure = server.exposure_at(host, port, server.where("bind-address"))
    if not exposure.is_loopback:
        yield fail(
            f"InfluxDB gives backups of all data without a log-in on port {port}; {exposure.reason}",
            at=server.where("bind-address"),
            severity=exposure.scale(CRITICAL),
            expected='bind-address = "127.0.0.1:8088"',
        )
