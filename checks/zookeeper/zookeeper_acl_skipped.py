"""ZooKeeper does not check the ACLs of its nodes.

## Why it matters
With `skipACL=yes` every client reads and changes every node, whatever its ACL says, the ACLs that Kafka keeps there
among them. The switch exists for speed; nothing warns of it later.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
skipACL=yes # <-
```

## Bad: by a flag of Java
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
    environment:
      SERVER_JVMFLAGS: -Dzookeeper.skipACL=yes # <-
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
skipACL=no
```

## Good: only the word yes switches it on
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
skipACL=true
```

## Good: the file beats the flag
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
    environment:
      SERVER_JVMFLAGS: -Dzookeeper.skipACL=yes
    volumes: ["./zoo.cfg:/conf/zoo.cfg"]
```
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
skipACL=no
```

## Fix
Remove the line, or:
```text
skipACL=no
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-acl-skipped", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=862)
def zookeeper_acl_skipped(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.text("skipACL")) == "yes":
        yield fail(
            f"ZooKeeper checks no ACL, so every client may read and change every node; {zookeeper.exposure.reason}",
            at=zookeeper.where("skipACL"),
            severity=zookeeper.exposure.scale(CRITICAL),
            expected="skipACL=no",
        )
