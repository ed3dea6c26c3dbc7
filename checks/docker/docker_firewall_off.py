"""Docker sets no firewall rules for its containers.

## Why it matters
Docker's rules keep its networks apart and let in from outside what is published only. With `iptables` off the host forwards
whatever its own rules let through, so that a container's port may be open to every network that the host is in.

## Bad
```json daemon.json
{
  "iptables": false # <-
}
```

## Bad: by a flag
```text etc/default/docker
DOCKER_OPTS="--dns 10.20.0.2 --iptables=false" # <-
```

## Good
```json daemon.json
{
  "iptables": true
}
```

## Good: another tool for the same rules
```json daemon.json
{
  "firewall-backend": "nftables"
}
```

## Fix
Take the line out; rules of one's own go into the chain `DOCKER-USER`, which Docker leaves alone.

## References
- Docker manual, "Packet filtering and firewalls", "Prevent Docker from manipulating iptables"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-firewall-off", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=1188)
def docker_firewall_off(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and not known(docker.flag("iptables")):
        yield fail(
            "Docker sets no firewall rules, neither between networks nor to the outside", at=docker.where("iptables")
        )
