"""Memcached takes TLS clients without a certificate.

## Why it matters
With TLS alone the cache proves who it is, and the client proves nothing. `ssl_verify_mode` asks for a certificate; by
default it does not.

## Bad
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
```

## Bad: asked for, but not required
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
-o ssl_verify_mode=1,ssl_ca_cert=/etc/memcached/ca.crt  # <-
```

## Good
```text memcached.conf
-l 10.20.0.5
-S
-Z
-o ssl_chain_cert=/etc/memcached/server.crt,ssl_key=/etc/memcached/server.key
-o ssl_verify_mode=2,ssl_ca_cert=/etc/memcached/ca.crt
```

## Good: no TLS; that is another check's matter
```text memcached.conf
-l 127.0.0.1
```

## Fix
```text
-o ssl_verify_mode=2,ssl_ca_cert=/etc/memcached/ca.crt
```

## References
- memcached 1.6 -h (ssl_verify_mode, ssl_ca_cert)
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.memcached import Memcached


@check("memcached-tls-clients-not-verified", severity=LOW, control=Control.AUTHENTICATION, cwe=295)
def memcached_tls_clients_not_verified(cache: Memcached) -> Iterator[Diagnostic]:
    if known(cache.has_tls) and not cache.exposure.is_loopback and not known(cache.requires_certificates):
        name = "-o ssl_verify_mode"
        yield fail(
            "Memcached takes TLS clients without a certificate",
            at=cache.where(name if cache.settings.is_explicit(name) else "-Z"),
            expected="-o ssl_verify_mode=2,ssl_ca_cert=…",
        )
