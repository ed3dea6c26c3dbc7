"""InfluxDB takes data without a log-in over another protocol.

## Why it matters
The inputs for Graphite, collectd, OpenTSDB and UDP ask nobody who they are, whatever `auth-enabled` says: anybody who
reaches them writes readings that look like those of devices.

## Bad
```toml influxdb.conf
[http]
  auth-enabled = true
[[udp]]
  enabled = true  # <-
  bind-address = ":8089"
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
[[udp]]
  enabled = false
  bind-address = ":8089"
```

## Good: for programs of the same host
```toml influxdb.conf
[http]
  auth-enabled = true
[[graphite]]
  enabled = true
  bind-address = "127.0.0.1:2003"
```

## Fix
```toml
[[udp]]
  enabled = false
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS: https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-open-input", severity=MEDIUM, control=Control.AUTHENTICATION, also=(Control.INTEGRITY,), cwe=306)
def influxdb_open_input(server: InfluxDb) -> Iterator[Diagnostic]:
    for each in server.inputs:
        exposure = server.exposure_at(each.host, each.port, each.at)
        yield fail(
            f"The {each.kind} input takes data without a log-in on port {each.port}; {exposure.reason}",
            at=each.at,
            severity=exposure.scale(MEDIUM),
            key=f"{each.kind} {each.port}",
            expected="enabled = false, or a loopback address",
        )
