"""InfluxDB does not log requests.

## Why it matters
Without the log of requests nobody can say after an incident who read or dropped which series.

## Bad
```toml influxdb.conf
[http]
  auth-enabled = true
  log-enabled = false  # <-
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
  log-enabled = true
```

## Good: the default
```toml influxdb.conf
[http]
  auth-enabled = true
```

## Fix
```toml
[http]
  log-enabled = true
```

## References
- InfluxDB 1.8 documentation, Log and trace with InfluxDB: https://docs.influxdata.com/influxdb/v1/administration/logs/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-request-log-off", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def influxdb_request_log_off(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major == 1 and not known(server.is_on("http.log-enabled")):
        yield fail("InfluxDB does not log requests", at=server.where("http.log-enabled"), expected="log-enabled = true")
