"""A container shares the host's shared memory.

## Why it matters
With the host's IPC namespace a container can read and change the shared memory of other programs; PostgreSQL and other databases keep data there.

## Bad
```yaml compose.yaml
services:
  metrics:
    image: example/metrics:3.2
    ipc: host # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: metrics
spec:
  hostIPC: true # <-
  containers:
    - name: metrics
      image: example/metrics:3.2
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: example/metrics:3.2
    ipc: private
```

## Fix
Remove `ipc: host` (`hostIPC: true` in a Pod) and give the container only what it needs.
```yaml
ipc: private
```

## References
- Compose Specification, "Services", `ipc`
- Kubernetes manual, "Pod Security Standards", "Baseline", "Host Namespaces"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Workload, check, fail


@check("container-host-ipc", severity=MEDIUM, control=Control.PRIVILEGE, cwe=653)
def container_host_ipc(workload: Workload) -> Iterator[Diagnostic]:
    if workload.decided(workload.host_ipc, False) and workload.host_ipc is not None:
        yield fail(f"Container {workload.name} uses the host's IPC namespace", at=workload.host_ipc.at)
