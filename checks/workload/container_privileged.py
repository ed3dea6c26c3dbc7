"""A container runs privileged.

## Why it matters
`privileged` gives the container every capability and every device of the host and takes the seccomp and AppArmor
profiles away. Whoever takes over a process in it owns the host and with it every other container's data.

## Bad
```yaml compose.yaml
services:
  worker:
    image: example/worker:1.4
    privileged: true # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      image: example/worker:1.4
      securityContext:
        privileged: true # <-
```

## Good
```yaml compose.yaml
services:
  worker:
    image: example/worker:1.4
    cap_add: [NET_BIND_SERVICE]
```

## Good: written as false
```yaml compose.yaml
services:
  worker:
    image: example/worker:1.4
    privileged: false
```

## Fix
Remove `privileged` and grant the one capability or device that the program needs.
```yaml
cap_drop: [ALL]
cap_add: [NET_BIND_SERVICE]
```

## References
- Docker manual, "Running containers", "Runtime privilege and Linux capabilities"
- Kubernetes manual, "Pod Security Standards", "Baseline"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Workload, check, fail


@check("container-privileged", severity=HIGH, control=Control.PRIVILEGE, cwe=250)
def container_privileged(workload: Workload) -> Iterator[Diagnostic]:
    if workload.decided(workload.privileged, False) and workload.privileged is not None:
        yield fail(
            f"Container {workload.name} runs privileged, with full power over its host", at=workload.privileged.at
        )
