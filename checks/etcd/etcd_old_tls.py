"""etcd accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers.

## Bad
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
tls-min-version: TLS1.1  # <-
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Good
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
tls-min-version: TLS1.2
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Good: the default
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
```

## Fix
```yaml
tls-min-version: TLS1.2
```

## References
- etcd 3.6 documentation, Configuration options (tls-min-version): https://etcd.io/docs/v3.6/op-guide/configuration/
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def etcd_old_tls(server: EtcdServer) -> Iterator[Diagnostic]:
    lowest = known(server.text("tls-min-version"))
    if lowest in {"TLS1.0", "TLS1.1"}:
        yield fail(
            f"etcd accepts {lowest.replace('TLS', 'TLS ')}",
            at=server.where("tls-min-version"),
            severity=server.exposure.scale(MEDIUM),
            expected="tls-min-version: TLS1.2",
        )
