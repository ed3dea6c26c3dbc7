"""ZooKeeper answers diagnostic commands of anybody.

## Why it matters
The four letter words need no login, whatever else does. `conf` and `envi` tell the configuration and the environment,
`cons` and `dump` the clients and their sessions; `wchc` and `wchp` list every watch and can stop a server that has
many.

## Bad
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
4lw.commands.whitelist=* # <-
```

## Bad: by the image's variable
```yaml compose.yaml
services:
  zookeeper:
    image: zookeeper:3.9
    environment:
      ZOO_4LW_COMMANDS_WHITELIST: ruok,envi # <-
```

## Good: what probes need
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
4lw.commands.whitelist=srvr, ruok, mntr
```

## Good: the default
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
```

## Good: a later line counts
```text zoo.cfg
tickTime=2000
dataDir=/var/lib/zookeeper
clientPort=2181
4lw.commands.whitelist=*
4lw.commands.whitelist=ruok
```

## Fix
```text
4lw.commands.whitelist=srvr, ruok, mntr
```

## References
- ZooKeeper 3.9 manual, Administrator's Guide: https://zookeeper.apache.org/doc/r3.9.3/zookeeperAdmin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.zookeeper import ZooKeeper

_TELLING = frozenset({"*", "all but wchc and wchp", "conf", "cons", "dump", "envi", "wchc", "wchp"})


@check(
    "zookeeper-four-letter-words",
    severity=MEDIUM,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AVAILABILITY,),
    cwe=200,
)
def zookeeper_four_letter_words(zookeeper: ZooKeeper) -> Iterator[Diagnostic]:

    commands = known(zookeeper.commands)
    telling = sorted(commands & _TELLING)
    if telling:
        listed = "all" if "*" in telling else ", ".join(telling)
        yield fail(
            f"ZooKeeper answers four letter words without a login ({listed}); {zookeeper.exposure.reason}",
            at=zookeeper.where("4lw.commands.whitelist"),
            severity=zookeeper.exposure.scale(MEDIUM),
            expected="4lw.commands.whitelist with srvr, ruok and mntr at most",
        )
