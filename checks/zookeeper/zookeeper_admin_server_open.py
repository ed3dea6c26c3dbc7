"""ZooKeeper's admin server answers everybody over HTTP.

## Why it matters
Since 3.5 an HTTP server on port 8080 is on by default. It asks for no login and tells whoever calls `/commands` the
configuration, the environment of the process, the connected clients and their sessions.

## Bad: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Bad: only the exact word false switches it off
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
admin.enableServer=no # <-
```

## Good: off
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
admin.enableServer=false
```

## Good: for this host only
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
admin.serverAddress=127.0.0.1
```

## Good: off by the image's variable
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
    environment:
      ZOO_ADMINSERVER_ENABLED: "false"
```

## Fix
```text
admin.enableServer=false
```

or, where a probe needs it, `admin.serverAddress=127.0.0.1`.

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper, is_loopback


@check(
    "zookeeper-admin-server-open",
    severity=MEDIUM,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=200,
)
def zookeeper_admin_server_open(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    address = known(zookeeper.admin_address)
    if address is None or is_loopback(address) or known(zookeeper.flag("admin.needClientAuth")):
        return
    exposure = zookeeper.admin_exposure
    yield fail(
        f"The admin server answers everybody on port {known(zookeeper.number('admin.serverPort'))}; {exposure.reason}",
        at=zookeeper.where("admin.enableServer"),
        severity=exposure.scale(MEDIUM),
        expected="admin.enableServer=false, or admin.serverAddress=127.0.0.1",
    )
