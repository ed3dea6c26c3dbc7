"""Other hosts reach published ports of containers past the address they are published on.

## Why it matters
A port published on 127.0.0.1 is meant for the host alone. With `allow-direct-routing` a neighbour in the network that sends
packets to the container's own address gets in all the same.

## Bad
```json daemon.json
{
  "allow-direct-routing": true # <-
}
```

## Good
```json daemon.json
{
  "allow-direct-routing": false
}
```

## Fix
```json
{"allow-direct-routing": false}
```

## References
- dockerd reference, `--allow-direct-routing` (28.2 and later); Docker manual, "Packet filtering and firewalls", "Direct
  routing"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-direct-routing", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=923)
def docker_direct_routing(docker: Docker) -> Iterator[Diagnostic]:
    if known(docker.flag("allow-direct-routing")):
        yield fail(
            "Neighbours reach published ports at the containers' own addresses", at=docker.where("allow-direct-routing")
        )
