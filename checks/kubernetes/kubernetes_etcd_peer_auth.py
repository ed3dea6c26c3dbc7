r"""etcd takes other members without a certificate.

## Why it matters
Who can speak to the peer port can join the replication and so read and change everything in the cluster. Only
`--peer-client-cert-auth` makes etcd ask who is there.

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
        - --listen-peer-urls=https://10.0.0.5:2380  # <-
        - --peer-cert-file=/pki/peer.crt
        - --peer-key-file=/pki/peer.key
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
        - --listen-peer-urls=https://10.0.0.5:2380
        - --peer-client-cert-auth=true
        - --peer-trusted-ca-file=/pki/ca.crt
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
Require certificates of other members.
```yaml
command:
  - etcd
  - --peer-client-cert-auth=true
  - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
```

## References
- etcd 3.6, Transport security model: https://etcd.io/docs/v3.6/op-guide/security/
- etcd 3.6, Configuration options: https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Etcd

from ._common import beyond_loopback


@check("kubernetes-etcd-peer-auth", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def kubernetes_etcd_peer_auth(server: Etcd) -> Iterator[Diagnostic]:
    urls = known(server.flag("listen-peer-urls")) or ""
    open_urls = beyond_loopback(urls)
    if open_urls and not known(server.is_on("peer-client-cert-auth", default=False)):
        name = "peer-client-cert-auth" if server.flag("peer-client-cert-auth") is not None else "listen-peer-urls"
        yield fail(
            f"etcd asks other members for no certificate on {', '.join(open_urls)}",
            at=server.where(name),
            expected="--peer-client-cert-auth=true",
        )
