"""InfluxDB does not log queries.

## Why it matters
The log of queries says what was read. Without it the request log shows that somebody came, and not for which data.

## Bad
```toml influxdb.conf
[data]
  query-log-enabled = false  # <-
[http]
  auth-enabled = true
```

## Good: the default
```toml influxdb.conf
[data]
  dir = "/var/lib/influxdb/data"
[http]
  auth-enabled = true
```

## Fix
```toml
[data]
  query-log-enabled = true
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (query-log-enabled): https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-query-log-off", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def influxdb_query_log_off(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major == 1 and not known(server.is_on("data.query-log-enabled")):
        yield fail(
            "InfluxDB does not log queries",
            at=server.where("data.query-log-enabled"),
            expected="query-log-enabled = true",
        )
