"""Members of an etcd cluster talk to each other without TLS.

## Why it matters
Every change goes to all members. Over `http://` anybody on the network path reads it, and can change it.

## Bad
```yaml etcd.conf.yml
listen-peer-urls: http://10.20.0.5:2380  # <-
initial-advertise-peer-urls: http://10.20.0.5:2380
initial-cluster: one=http://10.20.0.5:2380,two=http://10.20.0.6:2380,three=http://10.20.0.7:2380
```

## Good
```yaml etcd.conf.yml
listen-peer-urls: https://10.20.0.5:2380
initial-advertise-peer-urls: https://10.20.0.5:2380
initial-cluster: one=https://10.20.0.5:2380,two=https://10.20.0.6:2380,three=https://10.20.0.7:2380
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
```

## Good: one member, on loopback by default
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
```

## Fix
```yaml
listen-peer-urls: https://10.20.0.5:2380
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/peer-ca.crt
```

## References
- etcd 3.6 documentation, Transport security model, "Encryption with peer certificates": https://etcd.io/docs/v3.6/op-guide/security/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer

from ._common import is_alone


@check("etcd-peer-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319, applies=is_alone)
def etcd_peer_plaintext(server: EtcdServer) -> Iterator[Diagnostic]:
    plain = [url for url in known(server.outside("listen-peer-urls")) if not url.has_tls]
    if plain:
        yield fail(
            f"etcd talks to other members without TLS on {plain[0]}",
            at=server.where("listen-peer-urls"),
            severity=server.peer_exposure.scale(HIGH),
            expected="https URLs only",
        )
