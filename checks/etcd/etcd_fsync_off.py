"""etcd does not wait for its disk.

## Why it matters
With `unsafe-no-fsync` a change is reported as done before it is on disk. A crash or power failure loses changes that
others rely on, and a member that comes back with less than it promised can break the agreement of the whole cluster.

## Bad
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
unsafe-no-fsync: true  # <-
```

## Bad: a flag
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: ["etcd", "--unsafe-no-fsync"]  # <-
```

## Good
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
```

## Good: denied
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: ["etcd", "--unsafe-no-fsync=false"]
```

## Fix
Take the option away:
```yaml
data-dir: /var/lib/etcd
```

## References
- etcd 3.6 documentation, Configuration options (unsafe-no-fsync): https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-fsync-off", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def etcd_fsync_off(server: EtcdServer) -> Iterator[Diagnostic]:
    if known(server.is_on("unsafe-no-fsync")):
        yield fail(
            "etcd reports changes as done before they are on disk",
            at=server.where("unsafe-no-fsync"),
            expected="no unsafe-no-fsync",
        )
