"""etcd makes its own certificates.

## Why it matters
With `auto-tls` each start makes a certificate that nobody signed. Clients can only accept whatever comes, so that
anybody in the way can be the server: the traffic is encrypted, to an unknown party.

## Bad
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  auto-tls: true  # <-
```

## Bad: between members
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command:
      - etcd
      - --listen-peer-urls=https://0.0.0.0:2380
      - --peer-auto-tls  # <-
```

## Good
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Good: certificates win over the switch
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
  auto-tls: true
```

## Fix
```yaml
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## References
- etcd 3.6 documentation, Transport security model, "Using self-signed certificates": https://etcd.io/docs/v3.6/op-guide/security/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-self-signed", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def etcd_self_signed(server: EtcdServer) -> Iterator[Diagnostic]:
    for prefix, whom in (("", "clients"), ("peer-", "other members")):
        urls = known(server.outside("listen-peer-urls" if prefix else "listen-client-urls"))
        used = any(url.has_tls for url in urls) and not known(server.is_set(f"{prefix}cert-file"))
        if used and known(server.is_on(f"{prefix}auto-tls")):
            yield fail(
                f"etcd shows {whom} a certificate that it made itself",
                at=server.where(f"{prefix}auto-tls"),
                key=whom,
                expected=f"{prefix}cert-file and {prefix}key-file",
            )
