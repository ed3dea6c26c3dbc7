"""ZooKeeper lets any server join its ensemble.

## Why it matters
The members of an ensemble copy everything from each other and choose their leader. Without TLS or SASL among them,
whoever reaches the election port joins as a member, reads all data and can become leader.

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
```

## Bad: SASL is on but not required
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888
server.2=zk2:2888:3888
server.3=zk3:2888:3888
quorum.auth.enableSasl=true # <-
```

## Bad: TLS, but certificates are not asked for
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
ssl.quorum.clientAuth=none # <-
```

## Good: TLS with certificates
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

## Good: SASL is required
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
initLimit=10
syncLimit=5
server.1=zk1:2888:3888
server.2=zk2:2888:3888
server.3=zk3:2888:3888
quorum.auth.enableSasl=true
quorum.auth.learnerRequireSasl=true
quorum.auth.serverRequireSasl=true
```

## Good: a server that stands alone has no such port
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Fix
Use TLS with certificates among the members:
```text
sslQuorum=true
ssl.quorum.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.quorum.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-quorum-no-authentication", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def zookeeper_quorum_no_authentication(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if not known(zookeeper.is_ensemble):
        return
    members = known(zookeeper.members)
    if known(zookeeper.flag("sslQuorum")) and not known(zookeeper.flag("portUnification")):
        if known(zookeeper.text("ssl.quorum.clientAuth")).lower() == "need":
            return
        name, reason = "ssl.quorum.clientAuth", "it asks them for no certificate"
    elif known(zookeeper.flag("quorum.auth.enableSasl")):
        if known(zookeeper.flag("quorum.auth.serverRequireSasl")):
            return
        name, reason = "quorum.auth.enableSasl", "SASL is on but not required"
    else:
        name, reason = "", "neither TLS nor SASL is on among them"
    yield fail(
        f"ZooKeeper lets any server join its {len(members)} members: {reason}",
        at=zookeeper.where(name) if zookeeper.is_set(name) else members[0].at,
        severity=MEDIUM if zookeeper.exposure.reach in {Reach.CONTAINER_NETWORK, Reach.NAMED_PEERS} else HIGH,
        expected="sslQuorum=true with certificates, or quorum.auth.serverRequireSasl=true",
    )
