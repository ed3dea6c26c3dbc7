r"""The API server lets every authenticated request do everything.

## Why it matters
With `AlwaysAllow`, which is in force when no mode is written, RBAC rules are never asked: any account, and any Pod with
its service account's token, reads all Secrets and health data and controls the cluster.

## Bad
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --anonymous-auth=false
        - --authorization-mode=AlwaysAllow  # <-
```

## Bad: no mode is written
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --anonymous-auth=false
```

## Bad: rules in a file on one host instead of RBAC
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-mode=Node,ABAC  # <-
```

## Good
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --anonymous-auth=false
        - --authorization-mode=Node,RBAC
```

## Good: a configuration file chooses the authorizers
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-config=/etc/kubernetes/authorization.yaml
```

## Fix
Use the modes Node and RBAC.
```yaml
command:
  - kube-apiserver
  - --authorization-mode=Node,RBAC
```

## References
- Kubernetes 1.34, kube-apiserver reference: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (`--authorization-mode`: AlwaysAllow if `--authorization-config` is not used)
- Kubernetes 1.34, Authorization: https://kubernetes.io/docs/reference/access-authn-authz/authorization/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check("kubernetes-apiserver-authorization", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=862)
def kubernetes_apiserver_authorization(server: ApiServer) -> Iterator[Diagnostic]:
    mode = known(server.flag("authorization-mode"))
    if mode is None:
        if known(server.flag("authorization-config")) is None:
            yield fail(
                "The API server lets every request do everything: no authorization mode is set",
                expected="--authorization-mode=Node,RBAC",
            )
        return
    modes = {word.strip() for word in mode.split(",")}
    at = server.where("authorization-mode")
    if "AlwaysAllow" in modes:
        yield fail("The API server lets every request do everything (AlwaysAllow)", at=at, expected="Node,RBAC")
    elif not modes & {"RBAC", "Webhook"}:
        yield fail(f"The API server uses {mode} without RBAC", at=at, severity=MEDIUM, expected="Node,RBAC")
