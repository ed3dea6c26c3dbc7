r"""The API server serves profiling data.

## Why it matters
`/debug/pprof/` tells an authorised client about the server's memory and running requests, and lets it slow the server
down. It is meant for developers of Kubernetes.

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
        - --authorization-mode=Node,RBAC
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
        - --authorization-mode=Node,RBAC
        - --profiling=false
```

## Fix
Switch profiling off.
```yaml
command:
  - kube-apiserver
  - --profiling=false
```

## References
- Kubernetes 1.34, kube-apiserver reference: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (`--profiling`, default true)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check("kubernetes-apiserver-profiling", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=200)
def kubernetes_apiserver_profiling(server: ApiServer) -> Iterator[Diagnostic]:
    if known(server.is_on("profiling", default=True)):
        yield fail("The API server serves profiling data", at=server.where("profiling"), expected="--profiling=false")
