"""Members of a ZooKeeper ensemble do not check each other's host names.

## Why it matters
With `sslQuorum` a member shows a certificate. Without the check of its host name every certificate that the trust store
accepts will do: whoever holds one of the same authority for another machine can pose as a member, read every change and
write its own.

## Bad
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
ssl.quorum.hostnameVerification=false # <-
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
ssl.quorum.hostnameVerification=false
ssl.quorum.hostnameVerification=true
```

## Good: a setting of clients, which the server's port does not read
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
ssl.hostnameVerification=false
```

## Fix
Leave it at its default, and issue each member a certificate for its own name.

```text
ssl.quorum.hostnameVerification=true
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide (ssl.quorum.hostnameVerification): https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper, is_loopback


@check("zookeeper-quorum-names-not-verified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=297)
def zookeeper_quorum_names_not_verified(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:
    members = known(zookeeper.members)
    if len(members) < 2 or all(is_loopback(member.host) for member in members):
        return
    name = "ssl.quorum.hostnameVerification"
    if known(zookeeper.flag("sslQuorum")) and not known(zookeeper.flag(name)):
        yield fail(
            f"The {len(members)} members of the ensemble accept each other's certificates for any host name",
            at=zookeeper.where(name),
            expected=f"{name}=true",
        )
