"""InfluxDB shows its profiler and counters to everybody.

## Why it matters
/debug/pprof and /debug/vars answer without a log-in: command line, memory, names of databases. A profile that is asked
for slows the server down.

## Bad: the default
```toml influxdb.conf
[http]  # <-
  auth-enabled = true
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
  pprof-enabled = false
```

## Good: with a log-in (1.8)
```toml influxdb.conf
[http]
  auth-enabled = true
  pprof-enabled = true
  pprof-auth-enabled = true
```

## Good: version 2
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
    environment:
      INFLUXD_PPROF_DISABLED: "true"
```

## Fix
```toml
[http]
  pprof-enabled = false
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (pprof-enabled): https://docs.influxdata.com/influxdb/v1/administration/config/
- InfluxDB 2.7 documentation, Configuration options (pprof-disabled): https://docs.influxdata.com/influxdb/v2/reference/config-options/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb

_LAST_OPEN = 2
"""The last major version whose profiler asks for no log-in; version 3 asks as for everything else."""


@check("influxdb-profiler", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=200)
def influxdb_profiler(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major > _LAST_OPEN or server.exposure.is_loopback or not known(server.serves):
        return
    if server.major == 1:
        name, is_open = "http.pprof-enabled", known(server.is_on("http.pprof-enabled"))
        is_open = is_open and not known(server.is_on("http.pprof-auth-enabled"))
    else:
        name, is_open = "pprof-disabled", not known(server.is_on("pprof-disabled"))
    if is_open:
        yield fail(
            "InfluxDB shows its profiler without a log-in",
            at=server.where(name),
            expected="pprof-enabled = false" if server.major == 1 else "pprof-disabled: true",
        )
