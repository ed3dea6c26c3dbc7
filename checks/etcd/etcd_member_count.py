"""An etcd cluster has a number of members that does not survive the loss of one.

## Why it matters
More than half of the members have to agree. Of two, none may fail; of four, one may, as of three, and there is one more
that can. Only odd numbers from three on help.

## Bad
```yaml etcd.conf.yml
name: one
listen-peer-urls: https://10.20.0.5:2380
initial-advertise-peer-urls: https://10.20.0.5:2380
initial-cluster: one=https://10.20.0.5:2380,two=https://10.20.0.6:2380  # <-
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
```

## Good
```yaml etcd.conf.yml
name: one
listen-peer-urls: https://10.20.0.5:2380
initial-advertise-peer-urls: https://10.20.0.5:2380
initial-cluster: one=https://10.20.0.5:2380,two=https://10.20.0.6:2380,three=https://10.20.0.7:2380
peer-transport-security:
  cert-file: /etc/etcd/peer.crt
  key-file: /etc/etcd/peer.key
```

## Good: one member under two URLs
```yaml etcd.conf.yml
name: one
listen-peer-urls: http://127.0.0.1:2380,http://127.0.0.1:2390
initial-advertise-peer-urls: http://127.0.0.1:2380,http://127.0.0.1:2390
initial-cluster: one=http://127.0.0.1:2380,one=http://127.0.0.1:2390
```

## Fix
```yaml
initial-cluster: one=https://10.20.0.5:2380,two=https://10.20.0.6:2380,three=https://10.20.0.7:2380
```

## References
- etcd 3.6 documentation, Frequently asked questions, "What is failure tolerance?": https://etcd.io/docs/v3.6/faq/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-member-count", severity=MEDIUM, control=Control.AVAILABILITY)
def etcd_member_count(server: EtcdServer) -> Iterator[Diagnostic]:
    members = known(server.members)
    count = len(set(members))
    if count and count % 2 == 0:
        yield fail(
            f"The cluster has {count} members: it survives the loss of {count // 2 - 1}, as {count - 1} would",
            at=server.where("initial-cluster"),
            expected="three or five members",
        )
