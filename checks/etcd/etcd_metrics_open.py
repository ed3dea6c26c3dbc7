"""etcd shows its metrics to other hosts without TLS or certificate.

## Why it matters
`listen-metrics-urls` opens a second door that asks for no certificate. It shows sizes, leaders and health of the store,
which tell an attacker where and when to strike.

## Bad
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
listen-metrics-urls: http://0.0.0.0:2381  # <-
```

## Good
```yaml etcd.conf.yml
data-dir: /var/lib/etcd
snapshot-count: 10000
listen-metrics-urls: http://127.0.0.1:2381
```

## Fix
```yaml
listen-metrics-urls: http://127.0.0.1:2381
```

## References
- etcd 3.6 documentation, Configuration options (listen-metrics-urls): https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-metrics-open", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=306)
def etcd_metrics_open(server: EtcdServer) -> Iterator[Diagnostic]:
    plain = [url for url in known(server.outside("listen-metrics-urls")) if not url.has_tls]
    if plain:
        yield fail(
            f"etcd shows its metrics without TLS or certificate on {plain[0]}",
            at=server.where("listen-metrics-urls"),
            expected="listen-metrics-urls on loopback",
        )
