r"""The API server stores Secrets unencrypted in etcd.

## Why it matters
Without an encryption configuration Secrets lie in etcd as they are (base64 is no encryption): a copy of etcd's disk or a
backup of it gives every password of every system in the cluster.

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
        - --encryption-provider-config=/etc/kubernetes/encryption.yaml
```

## Fix
Give the server an encryption configuration.
```yaml
command:
  - kube-apiserver
  - --encryption-provider-config=/etc/kubernetes/encryption.yaml
```

Then rewrite the existing Secrets: `kubectl get secrets -A -o json | kubectl replace -f -`.

## References
- Kubernetes 1.34, kube-apiserver reference: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (`--encryption-provider-config`)
- Kubernetes 1.34, Encrypting Confidential Data at Rest: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check("kubernetes-apiserver-encryption-at-rest", severity=HIGH, control=Control.ENCRYPTION_AT_REST, cwe=311)
def kubernetes_apiserver_encryption_at_rest(server: ApiServer) -> Iterator[Diagnostic]:
    if not known(server.flag("encryption-provider-config")) and not known(
        server.flag("experimental-encryption-provider-config")
    ):
        yield fail(
            "The API server stores Secrets unencrypted in etcd: no encryption configuration is given",
            expected="--encryption-provider-config",
        )
