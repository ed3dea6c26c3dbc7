"""ZooKeeper lets one client take all connections.

## Why it matters
`maxClientCnxns=0` takes away the limit of 60 connections for each address. One client that has a fault, or means to,
opens connections until the server has no more and all others are shut out.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
maxClientCnxns=0 # <-
```

## Good: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
maxClientCnxns=200
```

## Fix
```text
maxClientCnxns=60
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-unlimited-connections", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def zookeeper_unlimited_connections(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.number("maxClientCnxns")) <= 0 and known(zookeeper.serves_remote_plaintext):
        yield fail(
            "One client may open any number of connections",
            at=zookeeper.where("maxClientCnxns"),
            expected="maxClientCnxns=60",
        )
