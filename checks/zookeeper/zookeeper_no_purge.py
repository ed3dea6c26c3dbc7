"""ZooKeeper never deletes old snapshots and logs.

## Why it matters
Purging is off by default. Snapshots and transaction logs pile up until the disk is full, and then the server stops.

## Bad: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
autopurge.purgeInterval=0 # <-
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
autopurge.purgeInterval=24
```

## Fix
Purge once a day and keep a few snapshots.
```text
autopurge.purgeInterval=24
autopurge.snapRetainCount=7
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-no-purge", severity=LOW, control=Control.AVAILABILITY, cwe=400)
def zookeeper_no_purge(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.number("autopurge.purgeInterval")) <= 0:
        yield fail(
            "Old snapshots and logs are never deleted, so that the disk fills up",
            at=zookeeper.where("autopurge.purgeInterval"),
            expected="autopurge.purgeInterval=24",
        )
