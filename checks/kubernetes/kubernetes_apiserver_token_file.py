r"""The API server takes unchanging tokens or passwords from a file.

## Why it matters
Tokens in a file never expire, are stored in clear on the host, and change only with a restart. Nobody can revoke one the
moment its owner leaves.

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
        - --token-auth-file=/etc/kubernetes/tokens.csv  # <-
```

## Bad: passwords
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
        - --basic-auth-file=/etc/kubernetes/users.csv  # <-
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
        - --oidc-issuer-url=https://id.clinic.example
```

## Fix
Let people log in through OpenID Connect and programs with service account tokens.
```yaml
command:
  - kube-apiserver
  - --oidc-issuer-url=https://id.clinic.example
  - --oidc-client-id=kubernetes
```

## References
- Kubernetes 1.34, Authenticating, "Static token file": https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file
- Kubernetes 1.19 changelog, removal of `--basic-auth-file`
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check(
    "kubernetes-apiserver-token-file",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    also=(Control.SECRET_ROTATION,),
    cwe=798,
)
def kubernetes_apiserver_token_file(server: ApiServer) -> Iterator[Diagnostic]:
    for name in ("token-auth-file", "basic-auth-file"):
        if known(server.flag(name)):
            yield fail(f"--{name} gives access by values that never expire", at=server.where(name), key=name)
