"""InfluxDB reports readings as stored before they are on disk.

## Why it matters
With a `wal-fsync-delay` above 0 a write is acknowledged first and synced later. A power failure loses what came in
between, and the sender will not repeat it.

## Bad
```toml influxdb.conf
[data]
  wal-fsync-delay = "100ms"  # <-
[http]
  auth-enabled = true
```

## Good
```toml influxdb.conf
[data]
  wal-fsync-delay = "0s"
[http]
  auth-enabled = true
```

## Fix
```toml
[data]
  wal-fsync-delay = "0s"
```

## References
- InfluxDB 1.8 documentation, Configure InfluxDB OSS (wal-fsync-delay): https://docs.influxdata.com/influxdb/v1/administration/config/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.influxdb import InfluxDb


@check("influxdb-fsync-delayed", severity=LOW, control=Control.DURABILITY)
def influxdb_fsync_delayed(server: InfluxDb) -> Iterator[Diagnostic]:
    name = "data.wal-fsync-delay" if server.major == 1 else "storage-wal-fsync-delay"
    delay = known(server.text(name)) or "0"
    if delay.strip("0.nuµmsh"):
        yield fail(
            f"InfluxDB reports readings as stored up to {delay} before they are on disk",
            at=server.where(name),
            expected=f'{name.rpartition(".")[2]} "0s"',
        )
