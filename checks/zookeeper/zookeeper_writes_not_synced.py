"""ZooKeeper confirms changes before they are on disk.

## Why it matters
With `forceSync=no` the server does not wait for the disk. After a power failure members have lost changes that they
confirmed, and an ensemble in which most have can go back in time: topics, offsets and locks that were there are gone.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
forceSync=no # <-
```

## Good: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Good: any other word leaves it on
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
forceSync=false
```

## Fix
Remove the line, or:
```text
forceSync=yes
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-writes-not-synced", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def zookeeper_writes_not_synced(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.text("forceSync")) == "no":
        yield fail(
            "ZooKeeper confirms changes that are not on disk yet (forceSync=no)",
            at=zookeeper.where("forceSync"),
            expected="forceSync=yes",
        )
