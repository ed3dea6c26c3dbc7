"""ZooKeeper keeps a port without TLS open beside the one with TLS.

## Why it matters
`secureClientPort` does not close `clientPort`. Clients that are not changed go on in clear text, and nobody notices.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181 # <-
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## Good: the plain port is for local clients only
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
clientPortAddress=127.0.0.1
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## Fix
Remove `clientPort`, or bind it to the host itself:
```text
clientPortAddress=127.0.0.1
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-plaintext-port-beside-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def zookeeper_plaintext_port_beside_tls(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.secure_address) is not None and known(zookeeper.serves_remote_plaintext):
        yield fail(
            f"ZooKeeper serves clients without TLS on clientPort, beside the port with TLS; {zookeeper.exposure.reason}",
            at=zookeeper.plain_at,
            severity=zookeeper.exposure.scale(MEDIUM),
            expected="no clientPort, or clientPortAddress=127.0.0.1",
        )
