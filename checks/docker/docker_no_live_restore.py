"""A restart of the Docker daemon stops every container.

## Why it matters
An update of Docker, or its crash, takes all services of the host down with it unless `live-restore` keeps containers running.

## Bad
```json daemon.json
{
  "live-restore": false # <-
}
```

## Bad: the default
```json daemon.json
{
  "log-driver": "local"
}
```

## Good
```json daemon.json
{
  "live-restore": true
}
```

## Fix
```json
{"live-restore": true}
```
A node of a Swarm cannot have it: there the other nodes take over.

## References
- Docker manual, "Live restore"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-no-live-restore", severity=LOW, control=Control.AVAILABILITY)
def docker_no_live_restore(docker: Docker) -> Iterator[Diagnostic]:
    if docker.serves_a_host and not known(docker.flag("live-restore")):
        yield fail("Containers stop whenever the daemon restarts", at=docker.where("live-restore"))
