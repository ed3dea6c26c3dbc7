"""ZooKeeper has a super user with a shared password.

## Why it matters
`superDigest` makes one login that passes every ACL. It belongs to nobody in particular, it is sent to the server as
it is, and it is meant for repairs, not for keeps.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
DigestAuthenticationProvider.superDigest=super:c2FtcGxlLW9ubHktbm90LWEtaGFzaA== # <-
```

## Bad: by a flag of Java
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
    environment:
      SERVER_JVMFLAGS: -Dzookeeper.DigestAuthenticationProvider.superDigest=super:c2FtcGxlLW9ubHk= # <-
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Good: the provider is off
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
DigestAuthenticationProvider.enabled=false
DigestAuthenticationProvider.superDigest=super:c2FtcGxlLW9ubHktbm90LWEtaGFzaA==
```

## Fix
Remove it when the repair is done; name people instead, with `X509AuthenticationProvider.superUser` or `superUser` of SASL.

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper

_NAME = "DigestAuthenticationProvider.superDigest"


@check("zookeeper-super-user", severity=LOW, control=Control.AUTHORIZATION, cwe=250)
def zookeeper_super_user(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if zookeeper.is_set(_NAME) and known(zookeeper.flag("DigestAuthenticationProvider.enabled")):
        yield fail(
            "One shared login passes every ACL",
            at=zookeeper.where(_NAME),
            severity=zookeeper.exposure.scale(MEDIUM) if known(zookeeper.serves_remote_plaintext) else LOW,
            expected="no superDigest outside of a repair",
        )
