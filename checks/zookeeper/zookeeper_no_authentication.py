"""ZooKeeper lets clients in without a password.

## Why it matters
A node is open to everybody unless it has an ACL, and a client need not say who it is. Whoever reaches the port reads,
changes and deletes what other systems keep there: the ACLs and topics of Kafka, the state of NiFi, HBase and Solr. A
login that is offered but not required protects only the nodes that somebody gave an ACL.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181 # <-
```

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9 # <-
    ports: ["2181:2181"]
```

## Bad: SASL is offered but nobody has to use it
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181 # <-
authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider
```

## Bad: a key that no release reads
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181 # <-
authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider
requireClientAuthScheme=sasl
```

## Bad: everybody has an address, so this scheme proves nothing
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
enforce.auth.enabled=true
enforce.auth.schemes=ip # <-
```

## Bad: anybody can make up a digest
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
enforce.auth.enabled=true
enforce.auth.schemes=sasl,digest # <-
authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
sessionRequireClientSASLAuth=true
authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider
```

## Good: a later line counts
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
sessionRequireClientSASLAuth=false
sessionRequireClientSASLAuth=true
authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider
```

## Good: only clients with a certificate get in
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
secureClientPort=2281
serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
ssl.keyStore.location=/etc/zookeeper/tls/server.p12
ssl.trustStore.location=/etc/zookeeper/tls/ca.p12
```

## Good: set by the image's variable
```yaml compose.yaml
services:
  zookeeper:
    image: bitnami/zookeeper:3.9
    environment:
      ZOO_ENABLE_AUTH: "yes"
```

## Fix
Require a SASL login, with a `Server` section in the JAAS file of the server:
```text
authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider
sessionRequireClientSASLAuth=true
```

or serve TLS with client certificates only: `secureClientPort` and no `clientPort`.

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-no-authentication", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def zookeeper_no_authentication(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if not known(zookeeper.has_open_port):
        return
    schemes = known(zookeeper.schemes)
    offered = zookeeper.offers_login is True
    if schemes:
        reason = f"the scheme it asks for ({', '.join(sorted(schemes))}) can be had without proving anything"
        at = zookeeper.where("enforce.auth.schemes")
    else:
        reason = "a login is offered but not required" if offered else "it knows no login"
        at = zookeeper.plain_at if known(zookeeper.plain_address) else zookeeper.where("ssl.clientAuth")
    yield fail(
        f"ZooKeeper lets clients in without a password or certificate: {reason}; {zookeeper.exposure.reason}",
        at=at,
        severity=zookeeper.exposure.scale(MEDIUM if offered and not schemes else HIGH),
        expected="sessionRequireClientSASLAuth=true with an authProvider, or client certificates only",
    )
