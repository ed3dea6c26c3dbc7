"""A process in a container may gain more privileges than it started with.

## Why it matters
Unless it is forbidden, a set-uid program in the image turns an ordinary user into root. Forbidding it costs nothing for
programs that need no set-uid helper.

## Bad
```yaml compose.yaml
services:
  api: # <-
    image: example/api:2.1
    user: "10001"
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
        allowPrivilegeEscalation: true # <-
```

## Good
```yaml compose.yaml
services:
  api:
    image: example/api:2.1
    user: "10001"
    security_opt:
      - no-new-privileges:true
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
      securityContext:
        allowPrivilegeEscalation: false
```

## Fix
Forbid new privileges.
```yaml
security_opt:
  - no-new-privileges:true
```

## References
- Docker manual, "docker container run", `--security-opt no-new-privileges`
- Kubernetes API reference v1.31, SecurityContext v1, `allowPrivilegeEscalation`
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Workload, check, fail, known

from ._common import runs


@check("container-privilege-escalation", severity=LOW, control=Control.PRIVILEGE, cwe=269)
def container_privilege_escalation(workload: Workload) -> Iterator[Diagnostic]:
    if runs(workload) and known(workload.may_gain_privileges):
        setting = workload.allow_privilege_escalation
        yield fail(f"Processes of container {workload.name} may gain privileges", at=setting.at if setting else None)
