"""InfluxDB writes every reading into its log.

## Why it matters
`write-tracing` logs the body of each write: patients' readings land in log files, which more people read, and which are
copied and kept elsewhere.

## Bad
```toml influxdb.conf
[http]
  auth-enabled = true
  write-tracing = true  # <-
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
  write-tracing = false
```

## Fix
```toml
[http]
  write-tracing = false
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (write-tracing): https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-write-tracing", severity=MEDIUM, control=Control.PHI_EXPOSURE, cwe=532)
def influxdb_write_tracing(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major == 1 and known(server.is_on("http.write-tracing")):
        yield fail(
            "InfluxDB writes every reading into its log",
            at=server.where("http.write-tracing"),
            expected="write-tracing = false",
        )
