"""A container sees and can signal the host's processes.

## Why it matters
With the host's process namespace a container lists all processes with their command lines and environments, where passwords stand, and as root it can enter them.

## Bad
```yaml compose.yaml
services:
  metrics:
    image: example/metrics:3.2
    pid: host # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: metrics
spec:
  hostPID: true # <-
  containers:
    - name: metrics
      image: example/metrics:3.2
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: example/metrics:3.2
    init: true
```

## Fix
Remove `pid: host` (`hostPID: true` in a Pod) and give the container only what it needs.
```yaml
init: true
```

## References
- Compose Specification, "Services", `pid`
- Kubernetes manual, "Pod Security Standards", "Baseline", "Host Namespaces"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Workload, check, fail


@check("container-host-pid", severity=HIGH, control=Control.PRIVILEGE, cwe=653)
def container_host_pid(workload: Workload) -> Iterator[Diagnostic]:
    if workload.decided(workload.host_pid, False) and workload.host_pid is not None:
        yield fail(f"Container {workload.name} uses the host's process namespace", at=workload.host_pid.at)
