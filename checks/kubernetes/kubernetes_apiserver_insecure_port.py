r"""The API server has a port without TLS and without authentication.

## Why it matters
The insecure port skips TLS, authentication and authorization: who reaches it is administrator of the cluster.
(Servers before 1.20 honour the flag; later ones accept 0 only, and refuse the flag from 1.24 on.)

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
        - --insecure-port=8080  # <-
```

## Bad: on all addresses
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
        - --insecure-bind-address=0.0.0.0
        - --insecure-port=8080  # <-
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
        - --insecure-port=0
```

## Fix
Close the insecure port.
```yaml
command:
  - kube-apiserver
  - --insecure-port=0
```

Remove the flag altogether from 1.24 on, where the server refuses it.

## References
- Kubernetes 1.19, kube-apiserver reference (`--insecure-port`, `--insecure-bind-address`)
- Kubernetes 1.24 changelog, removal of the insecure flags: https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.24.md
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check(
    "kubernetes-apiserver-insecure-port",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=306,
)
def kubernetes_apiserver_insecure_port(server: ApiServer) -> Iterator[Diagnostic]:
    port = known(server.flag("insecure-port"))
    if port is not None and port != "0":
        address = known(server.flag("insecure-bind-address")) or "127.0.0.1"
        only_local = address.startswith("127.") or address == "::1"
        yield fail(
            f"The API server serves port {port} on {address} without TLS and without authentication",
            at=server.where("insecure-port"),
            severity=MEDIUM if only_local else None,
            expected="--insecure-port=0",
        )
