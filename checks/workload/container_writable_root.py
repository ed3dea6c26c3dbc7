"""A container can change its own program files.

## Why it matters
With a writable root file system an intruder drops tools and alters the program until the container is made anew.
Read-only, the image stays what was reviewed, and only named volumes change.

## Bad
```yaml compose.yaml
services:
  api: # <-
    image: example/api:2.1
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  containers:
    - name: api
      image: example/api:2.1
      securityContext:
        readOnlyRootFilesystem: false # <-
```

## Good
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    read_only: true
    tmpfs: [/tmp]
```

## Fix
Make the root file system read-only.
```yaml
read_only: true
tmpfs:
  - /tmp
```

## References
- Compose Specification, "Services", `read_only`
- Kubernetes API reference v1.31, SecurityContext v1, `readOnlyRootFilesystem`
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Workload, check, fail

from ._common import runs


@check("container-writable-root", severity=LOW, control=Control.INTEGRITY, cwe=732)
def container_writable_root(workload: Workload) -> Iterator[Diagnostic]:
    if runs(workload) and not workload.decided(workload.read_only_root, False):
        at = workload.read_only_root.at if workload.read_only_root is not None else None
        yield fail(f"Container {workload.name} may write to its root file system", at=at)
