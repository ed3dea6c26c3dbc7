"""etcd's tokens for logged-in users are not signed.

## Why it matters
With `auth-token: simple`, the default, a log-in is answered by a short random token that only this member knows and that
no key protects; etcd itself warns of it at every start. It matters once user accounts are on.

## Bad: the default, with a password for root
```yaml compose.yaml
services:
  store:
    image: bitnami/etcd:3.5
    environment:
      ETCD_ROOT_PASSWORD: ${ETCD_ROOT_PASSWORD:?set it}
    ports: ["2379:2379"]
```

## Good
```yaml compose.yaml
services:
  store:
    image: bitnami/etcd:3.5
    environment:
      ETCD_ROOT_PASSWORD: ${ETCD_ROOT_PASSWORD:?set it}
      ETCD_AUTH_TOKEN: jwt,pub-key=/tls/token.pub,priv-key=/tls/token.key,sign-method=RS256,ttl=10m
```

## Good: certificates instead of accounts
```yaml etcd.conf.yml
listen-client-urls: https://10.20.0.5:2379
advertise-client-urls: https://10.20.0.5:2379
client-transport-security:
  cert-file: /etc/etcd/server.crt
  key-file: /etc/etcd/server.key
  client-cert-auth: true
  trusted-ca-file: /etc/etcd/ca.crt
```

## Fix
```yaml
auth-token: jwt,pub-key=/etc/etcd/token.pub,priv-key=/etc/etcd/token.key,sign-method=RS256,ttl=10m
```

## References
- etcd 3.6 documentation, Configuration options (auth-token): https://etcd.io/docs/v3.6/op-guide/configuration/
- etcd 3.6 documentation, Role-based access control: https://etcd.io/docs/v3.6/op-guide/authentication/rbac/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.etcd import EtcdServer


@check("etcd-simple-token", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=330)
def etcd_simple_token(server: EtcdServer) -> Iterator[Diagnostic]:
    kind = (known(server.text("auth-token")) or "simple").split(",")[0]
    if known(server.has_root_password) and kind == "simple":
        yield fail(
            "Users who log in to etcd get tokens that no key signs",
            at=server.where("auth-token"),
            expected="auth-token: jwt with a pair of keys",
        )
