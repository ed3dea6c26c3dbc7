"""InfluxDB accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers.

## Bad
```toml influxdb.conf
[http]
  auth-enabled = true
  https-enabled = true
[tls]
  min-version = "tls1.1"  # <-
```

## Bad: version 2
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
    environment:
      INFLUXD_TLS_MIN_VERSION: "1.0"  # <-
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
  https-enabled = true
[tls]
  min-version = "tls1.2"
```

## Good: the default of version 2
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
```

## Fix
```toml
[tls]
  min-version = "tls1.2"
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS, "Transport Layer Security (TLS) settings": https://docs.influxdata.com/influxdb/v1/administration/config/
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def influxdb_old_tls(server: InfluxDb) -> Iterator[Diagnostic]:
    name = "tls.min-version" if server.major == 1 else "tls-min-version"
    lowest = (known(server.text(name)) or "").lower().removeprefix("tls")
    if lowest in {"1.0", "1.1"}:
        yield fail(
            f"InfluxDB accepts TLS {lowest}",
            at=server.where(name),
            severity=server.exposure.scale(MEDIUM),
            expected="TLS 1.2 or later",
        )
