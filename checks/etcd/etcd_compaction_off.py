"""etcd keeps every old version of every key.

## Why it matters
Without compaction the store grows with each change until it reaches its quota (2 GB by default). Then etcd takes no
further changes, and everything that depends on it stands still.

## Bad: the default
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
```

## Bad
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: ["etcd", "--auto-compaction-retention=0"]  # <-
```

## Good
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
auto-compaction-mode: periodic
auto-compaction-retention: "8"
```

## Good: by revisions
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: ["etcd", "--auto-compaction-mode=revision", "--auto-compaction-retention=1000"]
```

## Fix
Name the mode too: in a configuration file etcd 3.4 does not compact without it.
```yaml
auto-compaction-mode: periodic
auto-compaction-retention: "8"
```

## References
- etcd 3.6 documentation, Maintenance, "Auto Compaction" and "Space quota": https://etcd.io/docs/v3.6/op-guide/maintenance/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer

from ._common import is_alone


@check(
    "etcd-compaction-off", severity=LOW, control=Control.AVAILABILITY, also=(Control.RESOURCE_LIMITS,), applies=is_alone
)
def etcd_compaction_off(server: EtcdServer) -> Iterator[Diagnostic]:
    # Kubernetes compacts the etcd of its control plane itself (kube-apiserver --etcd-compaction-interval).
    if not known(server.compacts):
        yield fail(
            "etcd keeps every old version of every key until its quota is full",
            at=server.where("auto-compaction-retention"),
            expected="auto-compaction-mode: periodic and auto-compaction-retention",
        )
