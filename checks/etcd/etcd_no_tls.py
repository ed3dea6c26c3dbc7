"""etcd serves clients of other hosts without TLS.

## Why it matters
Keys, values and passwords cross the network readable and changeable for anybody on the path. An `http://` URL stays in
clear text even where certificates are configured.

## Bad
```yaml etcd.conf.yml
listen-client-urls: http://10.20.0.5:2379  # <-
advertise-client-urls: http://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Bad: by a variable
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    environment:
      ETCD_LISTEN_CLIENT_URLS: http://0.0.0.0:2379  # <-
      ETCD_ADVERTISE_CLIENT_URLS: http://store:2379
    ports: ["2379:2379"]
```

## Good
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379,http://127.0.0.1:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Fix
```yaml
listen-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## References
- etcd 3.6 documentation, Transport security model: https://etcd.io/docs/v3.6/op-guide/security/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer

from ._common import is_alone


@check("etcd-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319, applies=is_alone)
def etcd_no_tls(server: EtcdServer) -> Iterator[Diagnostic]:
    plain = [url for url in known(server.outside("listen-client-urls")) if not url.has_tls]
    if plain:
        yield fail(
            f"etcd serves clients without TLS on {plain[0]}; {server.exposure.reason}",
            at=server.where("listen-client-urls"),
            severity=server.exposure.scale(HIGH),
            expected="https URLs only",
        )
