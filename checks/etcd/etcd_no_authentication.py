"""etcd lets clients in without a certificate.

## Why it matters
Whoever reaches the port reads and changes everything in the store: configuration, passwords and the state of other
systems. etcd asks for nothing unless it demands client certificates or its user accounts were switched on, which no file
shows.

## Bad
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379  # <-
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Bad: the switch stands where etcd does not look for it
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379  # <-
advertise-client-urls: https://10.20.0.5:2379
client-cert-auth: true
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Bad: flags beside a configuration file count for nothing
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: etcd --config-file=/etc/etcd.yml --client-cert-auth --trusted-ca-file=/tls/ca.crt
    ports: ["2379:2379"]
    volumes: ["./etcd.yml:/etc/etcd.yml:ro"]
```
```yaml etcd.yml
listen-client-urls: http://0.0.0.0:2379  # <-
advertise-client-urls: http://store:2379
```

## Bad: an http URL beside the https one asks for nothing
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379,http://10.20.0.5:2389  # <-
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/ca.crt
```

## Good
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379,http://127.0.0.1:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/ca.crt
```

## Good: loopback, the default
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
```

## Good: Bitnami's image with a password for root
```yaml compose.yaml
services:
  store:
    image: bitnami/etcd:3.5
    environment:
      ETCD_ROOT_PASSWORD: ${ETCD_ROOT_PASSWORD:?set it}
    ports: ["2379:2379"]
```

## Fix
Ask every client for a certificate, on https URLs only:
```yaml
listen-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/ca.crt
```

## References
- etcd 3.6 documentation, Transport security model: https://etcd.io/docs/v3.6/op-guide/security/
- etcd 3.6 documentation, Configuration options: https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer

from ._common import is_alone


@check("etcd-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306, applies=is_alone)
def etcd_no_authentication(server: EtcdServer) -> Iterator[Diagnostic]:
    urls = known(server.outside("listen-client-urls"))
    if not urls or known(server.has_root_password):
        return
    asks = known(server.asks_certificate())
    open_urls = [url for url in urls if not (url.has_tls and asks)]
    if open_urls:
        yield fail(
            f"etcd lets clients in without a certificate on {open_urls[0]}; {server.exposure.reason}",
            at=server.where("listen-client-urls"),
            severity=server.exposure.scale(CRITICAL),
            confidence=Confidence.MEDIUM,
            expected="https URLs only, with client-cert-auth and trusted-ca-file",
        )
