"""ZooKeeper's ensemble survives no failure.

## Why it matters
An ensemble works while more than half of its voting members do. One or two members survive no failure, and a fourth
or sixth adds none to what three or five survive.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888 # <-
server.2=zk2:2888:3888
```

## Bad: stands alone
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Bad: the third member only watches
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888 # <-
server.2=zk2:2888:3888
server.3=zk3:2888:3888:observer
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888
server.2=zk2:2888:3888
server.3=zk3:2888:3888
```

## Good: members in a file of their own
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
dynamicConfigFile=zoo.cfg.dynamic
```
```text zoo.cfg.dynamic
server.1=zk1:2888:3888:participant;2181
server.2=zk2:2888:3888:participant;2181
server.3=zk3:2888:3888:participant;2181
```

## Fix
Run three or five members, each on a host of its own.
```text
server.1=zk1.example.org:2888:3888
server.2=zk2.example.org:2888:3888
server.3=zk3.example.org:2888:3888
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-no-quorum", severity=MEDIUM, control=Control.AVAILABILITY)
def zookeeper_no_quorum(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    voting = [member for member in known(zookeeper.members) if not member.is_observer]
    if len(voting) >= 3:
        return
    count = f"{len(voting)} voting members" if len(voting) > 1 else "one server"
    yield fail(
        f"The service stops when one machine does: there {'are' if len(voting) > 1 else 'is'} {count}",
        at=voting[0].at if voting else None,
        expected="three or five members",
    )
