"""Memcached lets clients in without a password.

## Why it matters
Whoever reaches the port reads, changes and deletes every cached record, sessions of people who are logged in among them.
Memcached asks for nothing unless `-S` (SASL) or `-Y` (a file of users) is given.

## Bad
```text memcached.conf
-m 64
-l 10.20.0.5  # <-
```

## Bad: no address means all of them
```text memcached.conf
-m 64
-p 11211
```

## Bad: addresses add up
```text memcached.conf
-l 127.0.0.1
-l 10.20.0.5  # <-
```

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  cache:
    image: memcached:1.6  # <-
    ports: ["11211:11211"]
```

## Good: SASL
```text memcached.conf
-l 10.20.0.5
-S
```

## Good: a file of users
```yaml compose.yaml
services:
  cache:
    image: memcached:1.6
    command: memcached -m 128 --auth-file=/run/secrets/memcached_users
    ports: ["11211:11211"]
```

## Good: only a Unix socket
```text memcached.conf
-s /run/memcached/memcached.sock
-a 0700
```

## Good: only clients with a certificate of our authority get in
```text memcached.conf
-l 10.20.0.5
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
-o ssl_ca_cert=/etc/memcached/ca.crt,ssl_verify_mode=2
```

## Fix
Give it a file of users, with TLS around it, or let it listen on loopback only:
```text
-Y /etc/memcached/users
```

## References
- memcached 1.6 documentation, Security and authentication: https://docs.memcached.org/features/authentication/
- memcached 1.6 -h (-S, -Y)
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def memcached_no_authentication(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.authentication) is not None or (known(cache.addresses) == () and known(cache.udp_ports) == ()):
        return
    if known(cache.asks_certificates):
        return
    yield fail(
        f"Memcached lets clients in without a password, to read and change everything; {cache.exposure.reason}",
        at=cache.where("-l"),
        severity=cache.exposure.scale(CRITICAL),
        expected="-Y with a file of users, or -S",
    )
