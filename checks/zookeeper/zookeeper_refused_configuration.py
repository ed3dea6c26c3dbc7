"""ZooKeeper would refuse to start with this configuration.

## Why it matters
The server stops at a value or a combination like this. Whatever is running now runs with something else, and the next
restart fails. Its other settings are not judged.

## Bad: a comment behind a value
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
maxClientCnxns=60 # the default # <-
```

## Bad: TLS without Netty
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281 # <-
```

## Bad: a login is required that nothing can check
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
sessionRequireClientSASLAuth=true # <-
```

## Bad: no folder for the data
```text zoo.cfg
tickTime=2000
clientPort=2181
```

## Good: the comment has its own line
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
# the default
maxClientCnxns=60
```

## Good: a key that no release knows
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
maxClientConnections=many
```

## Fix
Correct the line. Comments need a line of their own.

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.zookeeper import ZooKeeper


@check(
    "zookeeper-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def zookeeper_refused_configuration(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    for problem in zookeeper.refused:
        yield fail(f"ZooKeeper would refuse to start: {problem.message}", at=problem.at, key=problem.message)
