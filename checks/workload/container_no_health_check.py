"""A container has no health check.

## Why it matters
A process that is there but no longer answers is restarted and taken out of the load balancer only if something asks it.
Without a health check staff learn of it from patients who wait.

## Bad
```yaml compose.yaml
services:
  db: # <-
    image: postgres:16
```

## Bad: switched off
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    healthcheck:
      disable: true # <-
```

## Bad: a data store that is not restarted
```yaml compose.yaml
services:
  db: # <-
    image: postgres:16
    restart: "no"
```

## Bad: Kubernetes
```yaml deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  template:
    spec:
      containers:
        - name: api
          image: example/api:2.1
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U app"]
      interval: 10s
```

## Good: in the image that is built here
```yaml compose.yaml
services:
  api:
    build: .
```
```text Dockerfile
FROM alpine:3.20
HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/health
```

## Good: a task that ends
```yaml compose.yaml
services:
  migrate:
    image: example/migrate:1
  api:
    image: example/api:2.1
    healthcheck:
      test: ["CMD", "/health"]
    depends_on:
      migrate:
        condition: service_completed_successfully
```

## Good: a task that is run once
```yaml compose.yaml
services:
  import:
    image: node:22
    command: node /import.js
    deploy:
      restart_policy:
        condition: none
```

## Fix
Add a health check.
```yaml
healthcheck:
  test: ["CMD-SHELL", "pg_isready -U app"]
  interval: 10s
  timeout: 3s
  retries: 3
```

## References
- Compose Specification, "Services", `healthcheck`
- Docker manual, "Dockerfile reference", "HEALTHCHECK"; docker-library FAQ, "HEALTHCHECK" (official images have none)
- Kubernetes manual, "Configure Liveness, Readiness and Startup Probes"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Role, Workload, check, fail, known

from ._common import datastore_ports


@check("container-no-health-check", severity=LOW, control=Control.AVAILABILITY, also=(Control.MONITORING,), cwe=778)
def container_no_health_check(workload: Workload) -> Iterator[Diagnostic]:
    if workload.role is not Role.SERVICE or _runs_once(workload):
        return
    if not known(workload.has_health_check):
        at = workload.liveness.at if workload.liveness is not None else None
        yield fail(f"Container {workload.name} has no health check, so that nothing notices when it hangs", at=at)


def _runs_once(workload: Workload) -> bool:
    """Tell whether it is a task: it says that it is not started again, and offers nothing to others."""
    told = workload.restart is not None and workload.restart.value == "no"
    return told and not workload.ports and not datastore_ports(workload)
