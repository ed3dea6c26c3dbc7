"""InfluxDB serves clients of other hosts without TLS.

## Why it matters
Passwords, tokens and readings cross the network readable and changeable for anybody on the path.

## Bad
```toml influxdb.conf
[http]
  auth-enabled = true
  https-enabled = false  # <-
```

## Bad: version 2 with a certificate and no key
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
    ports: ["8086:8086"]
    environment:
      INFLUXD_TLS_CERT: /tls/influxdb.crt  # <-
```

## Good
```toml influxdb.conf
[http]
  auth-enabled = true
  https-enabled = true
  https-certificate = "/etc/ssl/influxdb.pem"
```

## Good: version 2
```yaml compose.yaml
services:
  series:
    image: influxdb:2.7
    command: influxd --tls-cert=/tls/influxdb.crt --tls-key=/tls/influxdb.key
    ports: ["8086:8086"]
```

## Good: reachable from the same host only
```toml influxdb.conf
[http]
  bind-address = "127.0.0.1:8086"
  auth-enabled = true
```

## Fix
```toml
[http]
  https-enabled = true
  https-certificate = "/etc/ssl/influxdb.pem"
```

## References
- InfluxDB 1.8 documentation, Enable HTTPS: https://docs.influxdata.com/influxdb/v1/administration/https_setup/
- InfluxDB 2.7 documentation, Enable TLS encryption: https://docs.influxdata.com/influxdb/v2/admin/security/enable-tls/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def influxdb_no_tls(server: InfluxDb) -> Iterator[Diagnostic]:
    if known(server.serves) and not server.exposure.is_loopback and not known(server.has_tls):
        yield fail(
            f"InfluxDB serves clients without TLS; {server.exposure.in_clear.reason}",
            at=server.where("http.https-enabled" if server.major == 1 else "tls-cert"),
            severity=server.exposure.in_clear.scale(HIGH),
            expected="https-enabled = true" if server.major == 1 else "tls-cert and tls-key",
        )
