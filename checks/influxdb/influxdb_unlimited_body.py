"""InfluxDB takes requests of any size.

## Why it matters
`max-body-size = 0` lets one client send more than fits into memory: the server ends, and with it every monitor that
writes to it.

## Bad
```toml influxdb.conf
[http]
  auth-enabled = true
  max-body-size = 0  # <-
```

## Good: the default
```toml influxdb.conf
[http]
  auth-enabled = true
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
  max-body-size = 50000000
```

## Fix
```toml
[http]
  max-body-size = 25000000
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (max-body-size): https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-unlimited-body", severity=LOW, control=Control.RESOURCE_LIMITS, also=(Control.AVAILABILITY,), cwe=770)
def influxdb_unlimited_body(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major == 1 and known(server.number("http.max-body-size")) == 0:
        yield fail(
            "InfluxDB takes requests of any size",
            at=server.where("http.max-body-size"),
            expected="max-body-size = 25000000",
        )
