"""Containers on Docker's default network reach each other's ports.

## Why it matters
Containers that name no network of their own share the default bridge. One that is taken over there reaches the database of
another, published or not.

## Bad
```json daemon.json
{
  "log-driver": "local"
}
```

## Bad: written so
```json daemon.json
{
  "icc": true # <-
}
```

## Good
```json daemon.json
{
  "icc": false
}
```

## Good: without a default network
```json daemon.json
{
  "bridge": "none"
}
```

## Fix
```json
{"icc": false}
```
Containers that belong together get a network of their own (Compose makes one for each project).

## References
- dockerd reference, `--icc`; Docker manual, "Bridge network driver", "Differences between user-defined bridges and the
  default bridge"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-container-traffic", severity=LOW, control=Control.NETWORK_EXPOSURE, cwe=653)
def docker_container_traffic(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and known(docker.flag("icc")) and known(docker.text("bridge")) != "none":
        yield fail("Containers on the default network reach each other's ports", at=docker.where("icc"))
