"""etcd takes in members without a certificate.

## Why it matters
Who can speak to the peer port can take part in the replication, and so read and change everything in the cluster. Only
certificates of members make etcd ask who is there.

## Bad
```yaml etcd.conf.yml
listen-peer-urls: https://10.20.0.5:2380  # <-
initial-advertise-peer-urls: https://10.20.0.5:2380
initial-cluster: default=https://10.20.0.5:2380
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
```

## Good
```yaml etcd.conf.yml
listen-peer-urls: https://10.20.0.5:2380
initial-advertise-peer-urls: https://10.20.0.5:2380
initial-cluster: default=https://10.20.0.5:2380
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/peer-ca.crt
```

## Good: a CA file alone makes it ask as well
```yaml etcd.conf.yml
listen-peer-urls: https://10.20.0.5:2380
initial-advertise-peer-urls: https://10.20.0.5:2380
initial-cluster: default=https://10.20.0.5:2380
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
  trusted-ca-file: /etc/etcd/peer-ca.crt
```

## Fix
```yaml
peer-transport-security:
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/peer-ca.crt
```

## References
- etcd 3.6 documentation, Transport security model: https://etcd.io/docs/v3.6/op-guide/security/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer

from ._common import is_alone


@check("etcd-peer-not-verified", severity=HIGH, control=Control.AUTHENTICATION, cwe=306, applies=is_alone)
def etcd_peer_not_verified(server: EtcdServer) -> Iterator[Diagnostic]:
    urls = known(server.outside("listen-peer-urls"))
    if urls and not known(server.asks_certificate("peer-")):
        yield fail(
            f"etcd takes in members without a certificate on {urls[0]}",
            at=server.where("listen-peer-urls"),
            severity=server.peer_exposure.scale(HIGH),
            expected="client-cert-auth and trusted-ca-file below peer-transport-security",
        )
