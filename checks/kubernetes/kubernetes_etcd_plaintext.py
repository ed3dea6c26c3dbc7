r"""etcd serves other hosts without TLS.

## Why it matters
Every Secret passes between the API server and etcd, and between etcd's members. Over `http://` anybody on the network
path reads and changes it.

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
        - --listen-client-urls=http://10.0.0.5:2379  # <-
```

## Bad: between members
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
        - --listen-peer-urls=http://10.0.0.5:2380  # <-
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
        - --listen-client-urls=https://10.0.0.5:2379,http://127.0.0.1:2379
```

## Good: metrics on the loopback address
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
        - --listen-metrics-urls=http://127.0.0.1:2381
```

## Fix
Serve TLS on every address.
```yaml
command:
  - etcd
  - --listen-client-urls=https://10.0.0.5:2379
  - --cert-file=/etc/kubernetes/pki/etcd/server.crt
  - --key-file=/etc/kubernetes/pki/etcd/server.key
```

## References
- etcd 3.6, Transport security model: https://etcd.io/docs/v3.6/op-guide/security/
- etcd 3.6, Configuration options: https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Etcd

from ._common import beyond_loopback


@check("kubernetes-etcd-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kubernetes_etcd_plaintext(server: Etcd) -> Iterator[Diagnostic]:
    for name, whom in (("listen-client-urls", "clients"), ("listen-peer-urls", "other members")):
        plain = [url for url in beyond_loopback(known(server.flag(name)) or "") if url.startswith("http://")]
        if plain:
            yield fail(
                f"etcd serves {whom} without TLS on {', '.join(plain)}",
                at=server.where(name),
                key=name,
                expected="https://",
            )
