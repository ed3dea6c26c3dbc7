"""ZooKeeper starts with an empty tree where its snapshot is missing.

## Why it matters
`snapshot.trust.empty=true` is meant for one start while a server moves up from 3.4. Left in, a server whose snapshots
were lost starts as if there had never been any and can hand its emptiness to the others.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
snapshot.trust.empty=true # <-
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
snapshot.trust.empty=false
```

## Fix
Remove the line after the upgrade.

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-trusts-missing-snapshot", severity=MEDIUM, control=Control.INTEGRITY, also=(Control.DURABILITY,))
def zookeeper_trusts_missing_snapshot(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.flag("snapshot.trust.empty")):
        yield fail(
            "ZooKeeper takes missing snapshots for an empty tree",
            at=zookeeper.where("snapshot.trust.empty"),
            expected="snapshot.trust.empty=false",
        )
