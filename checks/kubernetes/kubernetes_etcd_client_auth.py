r"""etcd serves clients without a client certificate.

## Why it matters
etcd holds everything the cluster knows, Secrets included. Without `--client-cert-auth` whoever reaches the port may read
and write all of it, past the API server and its roles, unless etcd's own user accounts were switched on.

## Bad
```yaml manifests/etcd.yaml
apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:v1.34.1
      command:
        - etcd
        - --listen-client-urls=https://10.0.0.5:2379  # <-
        - --cert-file=/pki/server.crt
        - --key-file=/pki/server.key
```

## Bad: switched off
```yaml manifests/etcd.yaml
apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:v1.34.1
      command:
        - etcd
        - --listen-client-urls=https://10.0.0.5:2379
        - --client-cert-auth=false  # <-
```

## Good
```yaml manifests/etcd.yaml
apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:v1.34.1
      command:
        - etcd
        - --listen-client-urls=https://10.0.0.5:2379
        - --client-cert-auth=true
        - --trusted-ca-file=/pki/ca.crt
```

## Good: only on the loopback address, the default
```yaml manifests/etcd.yaml
apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: etcd
      image: registry.k8s.io/etcd:v1.34.1
      command:
        - etcd
        - --data-dir=/var/lib/etcd
```

## Fix
Require client certificates.
```yaml
command:
  - etcd
  - --client-cert-auth=true
  - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
```

## References
- etcd 3.6, Transport security model: https://etcd.io/docs/v3.6/op-guide/security/
- etcd 3.6, Configuration options: https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Etcd

from ._common import beyond_loopback


@check("kubernetes-etcd-client-auth", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def kubernetes_etcd_client_auth(server: Etcd) -> Iterator[Diagnostic]:
    urls = known(server.flag("listen-client-urls")) or ""
    open_urls = beyond_loopback(urls)
    if open_urls and not known(server.is_on("client-cert-auth", default=False)):
        name = "client-cert-auth" if server.flag("client-cert-auth") is not None else "listen-client-urls"
        yield fail(
            f"etcd asks clients for no certificate on {', '.join(open_urls)}",
            at=server.where(name),
            expected="--client-cert-auth=true",
        )
