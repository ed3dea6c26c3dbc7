"""ZooKeeper keeps its data in a folder for temporary files.

## Why it matters
The sample configuration puts the data into `/tmp`. Systems empty it at a restart, and every local user may write
there.

## Bad
```text zoo.cfg
tickTime=2000
clientPort=2181
dataDir=/tmp/zookeeper # <-
```

## Good
```text zoo.cfg
tickTime=2000
clientPort=2181
dataDir=/var/lib/zookeeper
```

## Good: a folder that is only called so
```text zoo.cfg
tickTime=2000
clientPort=2181
dataDir=/srv/tmp/zookeeper
```

## Fix
```text
dataDir=/var/lib/zookeeper
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-data-in-tmp", severity=MEDIUM, control=Control.DURABILITY, cwe=377)
def zookeeper_data_in_tmp(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.text("dataDir")).startswith(("/tmp/", "/var/tmp/", "/dev/shm/")):  # noqa: S108  # looked for, not used
        yield fail(
            "Snapshots and logs are in a folder that is emptied at a restart",
            at=zookeeper.where("dataDir"),
            expected="dataDir on storage that is kept",
        )
