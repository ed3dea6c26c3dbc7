"""ZooKeeper listens on every address of its host.

## Why it matters
Coordination data is for a few systems on one network. Without `clientPortAddress` the port is open on all networks
that the host is part of, also those added later.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181 # <-
```

## Good
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
clientPortAddress=10.20.0.5
```

## Good: a container has a network of its own
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
```

## Fix
```text
clientPortAddress=10.20.0.5
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Reach, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper


@check("zookeeper-binds-all-interfaces", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=1327)
def zookeeper_binds_all_interfaces(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    if zookeeper.exposure.reach not in {Reach.HOST_NETWORK, Reach.UNKNOWN}:
        return
    addresses = {known(zookeeper.plain_address), known(zookeeper.secure_address)}
    if addresses & {"0.0.0.0", "::"}:  # noqa: S104  # what the server binds, not what we bind
        name = "clientPortAddress" if zookeeper.is_set("clientPortAddress") else "clientPort"
        yield fail(
            "ZooKeeper listens for clients on every address of its host",
            at=zookeeper.where(name),
            severity=zookeeper.exposure.scale(LOW),
            expected="clientPortAddress with the address that clients use",
        )
