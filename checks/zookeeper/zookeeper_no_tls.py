"""ZooKeeper serves clients of other hosts without TLS.

## Why it matters
What clients read and write, and a digest password among it, crosses the network in clear text; whoever stands in the
way changes it. TLS is off until `secureClientPort` is set.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181 # <-
```

## Bad: a published port
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9 # <-
    ports: ["2181:2181"]
```

## Good: TLS only
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## Good: no remote client
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
clientPortAddress=127.0.0.1
```

## Fix
Serve TLS and leave out `clientPort`.
```text
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def zookeeper_no_tls(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.serves_remote_plaintext) and known(zookeeper.secure_address) is None:
        yield fail(
            f"ZooKeeper serves clients without TLS; {zookeeper.exposure.reason}",
            at=zookeeper.plain_at,
            severity=zookeeper.exposure.scale(HIGH),
            expected="secureClientPort, and no clientPort",
        )
