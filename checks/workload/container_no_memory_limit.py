"""A container may take all memory of its host.

## Why it matters
One container that leaks memory, or is fed large requests, makes the kernel end other processes, the database among them.

## Bad
```yaml compose.yaml
services:
  api: # <-
    image: example/api:2.1
```

## Good
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    deploy:
      resources:
        limits:
          memory: 512M
```

## Good: the older key
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    mem_limit: 512m
```

## Good: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  containers:
    - name: api
      image: example/api:2.1
      resources:
        limits: {memory: 512Mi}
```

## Fix
```yaml
deploy:
  resources:
    limits:
      memory: 512M
```

## References
- Compose Specification, "Deploy", `resources`
- Kubernetes manual, "Resource Management for Pods and Containers"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Workload, check, fail

from ._common import runs


@check("container-no-memory-limit", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def container_no_memory_limit(workload: Workload) -> Iterator[Diagnostic]:
    limit = workload.memory_limit
    if runs(workload) and workload.decided(limit, "0") in {"0", "-1"}:
        yield fail(f"Container {workload.name} has no memory limit", at=limit.at if limit is not None else None)
