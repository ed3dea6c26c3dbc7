"""A container may take all processors of its host.

## Why it matters
One container in a loop, or under attack, slows every other service on the host until they time out.

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
          cpus: "1.0"
```

## Good: the older key
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
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
        limits: {cpu: "1"}
```

## Fix
```yaml
deploy:
  resources:
    limits:
      cpus: "1.0"
```

## References
- Compose Specification, "Deploy", `resources`
- Kubernetes manual, "Resource Management for Pods and Containers"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Workload, check, fail

from ._common import runs


@check("container-no-cpu-limit", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def container_no_cpu_limit(workload: Workload) -> Iterator[Diagnostic]:
    limit = workload.cpu_limit
    if runs(workload) and workload.decided(limit, "0") in {"0", "-1"}:
        yield fail(f"Container {workload.name} has no processor limit", at=limit.at if limit is not None else None)
