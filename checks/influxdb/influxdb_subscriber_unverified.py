"""InfluxDB sends readings to subscribers without looking at their certificates.

## Why it matters
With `insecure-skip-verify` anybody who takes the subscriber's place on the network gets every new reading.

## Bad
```toml influxdb.conf
[subscriber]
  insecure-skip-verify = true  # <-
[http]
  auth-enabled = true
```

## Good
```toml influxdb.conf
[subscriber]
  insecure-skip-verify = false
  ca-certs = "/etc/ssl/clinic-ca.pem"
[http]
  auth-enabled = true
```

## Fix
```toml
[subscriber]
  ca-certs = "/etc/ssl/clinic-ca.pem"
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (subscriber): https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-subscriber-unverified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def influxdb_subscriber_unverified(server: InfluxDb) -> Iterator[Diagnostic]:
    if server.major == 1 and known(server.is_on("subscriber.insecure-skip-verify")):
        yield fail(
            "InfluxDB sends readings to subscribers without looking at their certificates",
            at=server.where("subscriber.insecure-skip-verify"),
            expected="insecure-skip-verify = false",
        )
