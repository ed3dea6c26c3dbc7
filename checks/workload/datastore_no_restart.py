"""A data store stays down after a crash or a reboot.

## Why it matters
Without a restart policy Docker leaves a container that ended as it is. After a power failure the clinic's records are
there, and nobody can read them until somebody types a command.

## Bad
```yaml compose.yaml
services:
  db: # <-
    image: postgres:16
```

## Bad: written so
```yaml compose.yaml
services:
  cache:
    image: redis:7.2
    restart: "no" # <-
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16
    restart: unless-stopped
```

## Good: Swarm's way to say it
```yaml compose.yaml
services:
  db:
    image: postgres:16
    deploy:
      restart_policy:
        condition: any
```

## Fix
Set a restart policy:
```yaml
restart: unless-stopped
```

## References
- Docker manual, "Start containers automatically", "Use a restart policy"
- Compose Specification, "Services", `restart`
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Role, Workload, check, fail, known

from ._common import datastore_ports


@check("datastore-no-restart", severity=MEDIUM, control=Control.AVAILABILITY)
def datastore_no_restart(workload: Workload) -> Iterator[Diagnostic]:
    if workload.role is Role.SERVICE and datastore_ports(workload) and known(workload.restart_policy) == "no":
        at = workload.restart.at if workload.restart is not None else None
        yield fail(f"Container {workload.name} is not started again after a crash or a reboot", at=at)
