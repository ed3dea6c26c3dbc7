"""A container has no memory limit or no processor limit.

## Why it matters
One container that leaks memory, or is fed large requests, makes the kernel end other processes, the database among them.
One container in a loop, or under attack, slows every other service on the host until they time out.

## Bad
```yaml compose.yaml
services:
  api: # <-
    image: example/api:2.1
```

## Bad: a memory limit alone
```yaml compose.yaml
services:
  api: # <-
    image: example/api:2.1
    mem_limit: 512m
```

## Bad: a processor limit alone
```yaml compose.yaml
services:
  api: # <-
    image: example/api:2.1
    cpus: 1.5
```

## Bad: Kubernetes, a memory limit alone
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  containers:
    - name: api # <-
      image: example/api:2.1
      resources:
        limits: {memory: 512Mi}
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
          cpus: "1.0"
```

## Good: the older keys
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    mem_limit: 512m
    cpus: 1.5
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
        limits: {memory: 512Mi, cpu: "1"}
```

## Fix
Limit the memory and the processors that the container may take.
```yaml
deploy:
  resources:
    limits:
      memory: 512M
      cpus: "1.0"
```

## References
- Compose Specification, "Deploy", `resources`
- Kubernetes manual, "Resource Management for Pods and Containers"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, Workload, check, fail, not_evaluated

from ._common import runs


@check("container-no-resource-limits", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def container_no_resource_limits(workload: Workload) -> Iterator[Diagnostic]:
    if not runs(workload):
        return
    missing: list[str] = []
    at, undecided = None, ""
    for name, limit in (("memory limit", workload.memory_limit), ("processor limit", workload.cpu_limit)):
        value = workload.effective(limit, "0")
        if isinstance(value, Unknown):
            undecided = value.reason
        elif value in {"0", "-1"}:
            missing.append(name)
            at = limit.at if at is None and limit is not None else at
    if missing:
        yield fail(f"Container {workload.name} has no {' and no '.join(missing)}", at=at)
    elif undecided:
        yield not_evaluated(undecided)
