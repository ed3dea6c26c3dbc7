r"""All controllers share the controller manager's own credentials.

## Why it matters
With one identity for all controllers a fault in one has the rights of all, and the audit log cannot tell them apart.

## Bad
```yaml manifests/kube-controller-manager.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --controllers=*
```

## Good
```yaml manifests/kube-controller-manager.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-controller-manager
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-controller-manager
      image: registry.k8s.io/kube-controller-manager:v1.34.1
      command:
        - kube-controller-manager
        - --use-service-account-credentials=true
```

## Fix
Give every controller its own service account.
```yaml
command:
  - kube-controller-manager
  - --use-service-account-credentials=true
```

## References
- Kubernetes 1.34, kube-controller-manager reference (`--use-service-account-credentials`): https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ControllerManager


@check("kubernetes-controller-manager-credentials", severity=LOW, control=Control.AUTHORIZATION, cwe=250)
def kubernetes_controller_manager_credentials(manager: ControllerManager) -> Iterator[Diagnostic]:
    if not known(manager.is_on("use-service-account-credentials", default=False)):
        yield fail(
            "Every controller acts with the controller manager's own identity",
            at=manager.where("use-service-account-credentials"),
            expected="--use-service-account-credentials=true",
        )
