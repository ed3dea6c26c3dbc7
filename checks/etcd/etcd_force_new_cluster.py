"""etcd starts a new cluster of its own each time.

## Why it matters
`force-new-cluster` is for one start after a disaster: it throws all other members out. Left in the configuration, the
next restart splits the cluster in two that go on by themselves.

## Bad
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
force-new-cluster: true  # <-
```

## Good
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
force-new-cluster: false
```

## Fix
Give it on the command line of that one start, and nowhere else:
```text
etcd --force-new-cluster
```

## References
- etcd 3.6 documentation, Disaster recovery: https://etcd.io/docs/v3.6/op-guide/recovery/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-force-new-cluster", severity=HIGH, control=Control.AVAILABILITY, also=(Control.INTEGRITY,))
def etcd_force_new_cluster(server: EtcdServer) -> Iterator[Diagnostic]:
    if known(server.is_on("force-new-cluster")):
        yield fail(
            "Each start throws the other members out: force-new-cluster is on",
            at=server.where("force-new-cluster"),
            expected="force-new-cluster: false",
        )
