r"""The API server accepts TLS 1.0 or 1.1.

## Why it matters
TLS 1.0 and 1.1 are deprecated (RFC 8996) and open to downgrade attacks on administrators' and programs' sessions.

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
        - --tls-min-version=VersionTLS11  # <-
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
        - --tls-min-version=VersionTLS12
```

## Good: the default is TLS 1.2
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

## Fix
Require TLS 1.2 or later.
```yaml
command:
  - kube-apiserver
  - --tls-min-version=VersionTLS12
```

## References
- Kubernetes 1.34, kube-apiserver reference: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (`--tls-min-version`)
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1: https://www.rfc-editor.org/rfc/rfc8996
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check("kubernetes-apiserver-tls-version", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def kubernetes_apiserver_tls_version(server: ApiServer) -> Iterator[Diagnostic]:
    version = known(server.flag("tls-min-version"))
    if version in {"VersionTLS10", "VersionTLS11"}:
        yield fail(
            f"The API server accepts TLS 1.0 or 1.1 ({version})",
            at=server.where("tls-min-version"),
            expected="VersionTLS12",
        )
