"""etcd would refuse to start with these options, or ignore a part of them.

## Why it matters
etcd stops at options that exclude each other, and passes over keys of its file that it does not know, in silence. What
is written there protects nothing.

## Bad: no URL to tell clients
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command:
      - etcd
      - --listen-client-urls=http://0.0.0.0:2379  # <-
```

## Bad: https without a certificate
```yaml etcd.conf.yml
listen-client-urls: https://127.0.0.1:2379  # <-
advertise-client-urls: https://127.0.0.1:2379
```

## Bad: a name where an address is needed
```yaml etcd.conf.yml
listen-client-urls: http://store.clinic.example:2379  # <-
advertise-client-urls: http://store.clinic.example:2379
```

## Bad: a variable and its flag
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: ["etcd", "--name=one"]
    environment:
      ETCD_NAME: one  # <-
```

## Bad: a key that etcd looks for below client-transport-security
```yaml etcd.conf.yml
listen-client-urls: http://127.0.0.1:2379
advertise-client-urls: http://127.0.0.1:2379
client-cert-auth: true  # <-
```

## Good
```yaml etcd.conf.yml
listen-client-urls: https://127.0.0.1:2379
advertise-client-urls: https://127.0.0.1:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/ca.crt
```

## Good: with a file, variables do not matter
```yaml compose.yaml
services:
  store:
    image: quay.io/coreos/etcd:v3.5.16
    command: ["etcd", "--config-file=/etc/etcd.yml", "--name=one"]
    environment:
      ETCD_NAME: one
    volumes: ["./etcd.yml:/etc/etcd.yml:ro"]
```
```yaml etcd.yml
name: one
data-dir: /var/lib/etcd
```

## Fix
Correct the option and try the file by hand:
```text
etcd --config-file /etc/etcd/etcd.conf.yml
```

## References
- etcd 3.6 documentation, Configuration options: https://etcd.io/docs/v3.6/op-guide/configuration/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.etcd import EtcdServer


@check(
    "etcd-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def etcd_refused_configuration(server: EtcdServer) -> Iterator[Diagnostic]:
    for problem in server.refused:
        yield fail(f"etcd would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    for option in server.misplaced:
        section = "peer-transport-security" if option.name.startswith("peer-") else "client-transport-security"
        yield fail(
            f"etcd ignores {option.name} here: it looks for it below {section}",
            at=option.at,
            key=option.name,
            expected=f"{option.name.removeprefix('peer-')} below {section}",
        )
    if server.unrecognised:
        where = ", ".join(str(problem.at) for problem in server.unrecognised[:3])
        yield not_evaluated(f"a flag is not known here ({where}); a newer version may have it")
