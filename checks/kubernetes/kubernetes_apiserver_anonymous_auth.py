r"""The API server serves requests without credentials.

## Why it matters
A request that no method of authentication recognises becomes `system:anonymous` instead of being rejected. What it may
do then depends on bindings alone: one binding to `system:unauthenticated` opens the cluster to everybody who reaches the port.

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
        - --anonymous-auth=true  # <-
```

## Bad: the default
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
        - --anonymous-auth=false
```

## Fix
Switch anonymous requests off, or allow them for the health checks only with `anonymous.conditions` in an
`AuthenticationConfiguration` (`--authentication-config`).
```yaml
command:
  - kube-apiserver
  - --anonymous-auth=false
```

## References
- Kubernetes 1.34, kube-apiserver reference: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (`--anonymous-auth`, default true)
- Kubernetes 1.34, Authenticating, "Anonymous requests": https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.kubernetes import ApiServer


@check("kubernetes-apiserver-anonymous-auth", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=306)
def kubernetes_apiserver_anonymous_auth(server: ApiServer) -> Iterator[Diagnostic]:
    if server.flag("authentication-config") is not None:
        yield not_evaluated("the file given as --authentication-config decides on anonymous requests")
    elif known(server.is_on("anonymous-auth", default=True)):
        written = server.flag("anonymous-auth") is not None
        yield fail(
            f"The API server accepts anonymous requests{'' if written else ' by default'}",
            at=server.where("anonymous-auth"),
            expected="--anonymous-auth=false",
        )
