"""InfluxDB would refuse to start with this configuration.

## Why it matters
The server stops at a file that is no TOML, such as one with a key twice. Whatever is running now runs with something
else, and the next restart fails. Its other settings are not judged.

## Bad: a key twice
```toml influxdb.conf
[http]
  auth-enabled = true
  auth-enabled = false  # <-
```

## Bad: a word for a switch
```yaml compose.yaml
services:
  series:
    image: influxdb:1.8
    environment:
      INFLUXDB_HTTP_AUTH_ENABLED: "yes"  # <-
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
[[udp]]
  enabled = false
[[udp]]
  enabled = false
```

## Fix
Correct the line and look at what the server makes of it:
```text
influxd config -config /etc/influxdb/influxdb.conf
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS: https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.influxdb import InfluxDb


@check(
    "influxdb-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def influxdb_refused_configuration(server: InfluxDb) -> Iterator[Diagnostic]:
    for problem in server.refused:
        yield fail(f"InfluxDB would refuse to start: {problem.message}", at=problem.at, key=problem.message)
