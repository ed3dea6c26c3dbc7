"""Members of a ZooKeeper ensemble talk to each other without TLS.

## Why it matters
Every change is copied from the leader to the others. Without `sslQuorum` it crosses the network in clear text.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888 # <-
server.2=zk2:2888:3888
server.3=zk3:2888:3888
quorum.auth.enableSasl=true
quorum.auth.learnerRequireSasl=true
quorum.auth.serverRequireSasl=true
```

## Bad: the port still takes both
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888
server.2=zk2:2888:3888
server.3=zk3:2888:3888
sslQuorum=true
portUnification=true # <-
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
sslQuorum=true
```

## Good: all members are on this host
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=127.0.0.1:2888:3888
server.2=localhost:2889:3889
server.3=127.0.0.1:2890:3890
```

## Fix
```text
sslQuorum=true
ssl.quorum.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.quorum.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper, is_loopback


@check("zookeeper-quorum-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def zookeeper_quorum_in_clear(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    members = known(zookeeper.members)
    if len(members) < 2 or all(is_loopback(member.host) for member in members):
        return
    if not known(zookeeper.flag("sslQuorum")):
        at, reason = members[0].at, "sslQuorum is off"
    elif known(zookeeper.flag("portUnification")):
        at, reason = zookeeper.where("portUnification"), "portUnification takes both"
    else:
        return
    yield fail(
        f"The {len(members)} members of the ensemble talk to each other without TLS: {reason}",
        at=at,
        expected="sslQuorum=true without portUnification",
    )
