"""ZooKeeper takes TLS clients without a certificate.

## Why it matters
By default the port with TLS lets in only clients with a certificate that the trust store knows. `ssl.clientAuth=none`
or `want` lets in everybody else as well, and TLS then says nothing about who the client is.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
ssl.clientAuth=want # <-
```

## Good: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## Good: in other letters
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
ssl.clientAuth=NEED
```

## Good: there is no port with TLS
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
ssl.clientAuth=none
```

## Fix
```text
ssl.clientAuth=need
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-tls-clients-not-verified", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def zookeeper_tls_clients_not_verified(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if known(zookeeper.secure_address) is None or known(zookeeper.requires_login):
        return
    wanted = known(zookeeper.text("ssl.clientAuth"))
    if wanted.lower() != "need":
        yield fail(
            f"ZooKeeper takes TLS clients without a certificate (ssl.clientAuth={wanted}); {zookeeper.exposure.reason}",
            at=zookeeper.where("ssl.clientAuth"),
            severity=zookeeper.exposure.scale(MEDIUM),
            expected="ssl.clientAuth=need",
        )
