"""ZooKeeper keeps no audit log.

## Why it matters
Since 3.6 ZooKeeper can record who created, changed and deleted nodes and ACLs. It is off by default, so that nobody
can tell afterwards who changed the state of a cluster.

## Bad: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
audit.enable=false # <-
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
audit.enable=true
```

## Good: by a flag of Java
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
    environment:
      SERVER_JVMFLAGS: -Dzookeeper.audit.enable=true
```

## Fix
```text
audit.enable=true
```

## References
- ZooKeeper 3.9 manual, Audit Logging: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAuditLogs.html
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-audit-log-off", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def zookeeper_audit_log_off(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if zookeeper.parsed_version is not None and zookeeper.parsed_version < (3, 6, 0):
        yield fail(
            "ZooKeeper before 3.6 records no audit log", expected="ZooKeeper 3.8 or later with audit.enable=true"
        )
    elif not known(zookeeper.flag("audit.enable")):
        yield fail(
            "ZooKeeper records nowhere who changes nodes and ACLs",
            at=zookeeper.where("audit.enable"),
            expected="audit.enable=true",
        )
