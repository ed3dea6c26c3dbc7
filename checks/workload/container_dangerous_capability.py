"""A container gets a capability that amounts to power over the host.

## Why it matters
SYS_ADMIN, SYS_MODULE, SYS_PTRACE, NET_ADMIN and the like let a process mount file systems, load kernel code, read other
processes' memory or rewrite the host's network rules. Each of them is a known way out of a container.

## Bad
```yaml compose.yaml
services:
  agent:
    image: example/agent:5
    cap_add:
      - SYS_ADMIN # <-
```

## Bad: all capabilities, in Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  containers:
    - name: agent
      image: example/agent:5
      securityContext:
        capabilities:
          add: ["ALL"] # <-
```

## Good
```yaml compose.yaml
services:
  agent:
    image: example/agent:5
    cap_drop:
      - ALL
    cap_add:
      - NET_BIND_SERVICE
```

## Fix
Drop all capabilities and add back those that the program fails without.
```yaml
cap_drop: [ALL]
cap_add: [CHOWN, SETUID, SETGID]
```

## References
- capabilities(7)
- Docker manual, "Running containers", "Runtime privilege and Linux capabilities"
- Kubernetes manual, "Pod Security Standards", "Baseline"
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, Workload, check, fail, not_evaluated

_HOST = frozenset(
    {
        "ALL",
        "BPF",
        "DAC_READ_SEARCH",
        "MAC_ADMIN",
        "MAC_OVERRIDE",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_MODULE",
        "SYS_PTRACE",
        "SYS_RAWIO",
    }
)
_STRONG = frozenset({"NET_ADMIN", "PERFMON", "SYSLOG", "SYS_TIME"})


@check("container-dangerous-capability", severity=HIGH, control=Control.PRIVILEGE, cwe=250)
def container_dangerous_capability(workload: Workload) -> Iterator[Diagnostic]:
    for capability in workload.capabilities_added:
        if isinstance(capability.value, Unknown):
            yield not_evaluated(capability.value.reason)
            continue
        name = capability.value.upper().removeprefix("CAP_")
        if name in _HOST or name in _STRONG:
            yield fail(
                f"Container {workload.name} is given the capability {name}",
                at=capability.at,
                severity=HIGH if name in _HOST else MEDIUM,
                key=name,
            )
