"""A container runs without the seccomp filter of system calls.

## Why it matters
The runtime's seccomp profile blocks about forty system calls that ordinary programs never make and that exploits of
the kernel do. `unconfined` opens them all.

## Bad
```yaml compose.yaml
services:
  db:
    image: postgres:16
    security_opt:
      - seccomp:unconfined # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: db
spec:
  securityContext:
    seccompProfile:
      type: Unconfined # <-
  containers:
    - name: db
      image: postgres:16
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16
    security_opt:
      - no-new-privileges:true
```

## Fix
Remove the option, or name a profile that adds only the calls the program needs.
```yaml
security_opt:
  - seccomp:./profile.json
```

## References
- Docker manual, "Seccomp security profiles for Docker"
- Kubernetes manual, "Restrict a Container's Syscalls with seccomp"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Workload, check, fail, known


@check("container-seccomp-unconfined", severity=MEDIUM, control=Control.PRIVILEGE, cwe=693)
def container_seccomp_unconfined(workload: Workload) -> Iterator[Diagnostic]:
    if workload.seccomp is not None and known(workload.seccomp.value).lower() == "unconfined":
        yield fail(f"Container {workload.name} may make every system call", at=workload.seccomp.at)
