"""etcd offers its profiler to clients.

## Why it matters
`enable-pprof` adds /debug/pprof to the client's address: it shows the command line, what is in memory and what runs, and
a profile that is asked for slows the server down. The sample configuration of etcd switches it on.

## Bad
```yaml etcd.conf.yml
listen-client-urls: http://10.20.0.5:2379
advertise-client-urls: http://10.20.0.5:2379
enable-pprof: true  # <-
```

## Good
```yaml etcd.conf.yml
listen-client-urls: http://10.20.0.5:2379
advertise-client-urls: http://10.20.0.5:2379
enable-pprof: false
```

## Good: on loopback
```yaml etcd.conf.yml
listen-client-urls: http://127.0.0.1:2379
advertise-client-urls: http://127.0.0.1:2379
enable-pprof: true
```

## Fix
```yaml
enable-pprof: false
```

## References
- etcd 3.6 documentation, Configuration options (enable-pprof): https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-profiling", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=200)
def etcd_profiling(server: EtcdServer) -> Iterator[Diagnostic]:
    if known(server.is_on("enable-pprof")) and known(server.outside("listen-client-urls")):
        yield fail(
            "etcd offers its profiler to clients", at=server.where("enable-pprof"), expected="enable-pprof: false"
        )
