r"""A namespace admits privileged Pods.

## Why it matters
The level `privileged` of Pod Security Admission refuses nothing: Pods may take the host's root, network and disks. Who may
create a Pod in the namespace owns its nodes.

## Bad
```yaml k8s/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    pod-security.kubernetes.io/enforce: privileged  # <-
```

## Good
```yaml k8s/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    pod-security.kubernetes.io/enforce: restricted
```

## Good: kube-system needs it
```yaml k8s/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: kube-system
  labels:
    pod-security.kubernetes.io/enforce: privileged
```

## Fix
Enforce the level restricted.
```yaml
apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    pod-security.kubernetes.io/enforce: restricted
```

## References
- Kubernetes 1.34, Pod Security Admission: https://kubernetes.io/docs/concepts/security/pod-security-admission/
- Kubernetes 1.34, Pod Security Standards: https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import NamespaceObject


@check("kubernetes-pod-security-privileged", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def kubernetes_pod_security_privileged(namespace: NamespaceObject) -> Iterator[Diagnostic]:
    level = namespace.labels.get("pod-security.kubernetes.io/enforce")
    if level is not None and level.value == "privileged" and not namespace.name.startswith("kube-"):
        yield fail(f"Namespace {namespace.name} enforces the level privileged, which refuses nothing", at=level.at)
