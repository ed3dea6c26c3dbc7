"""Redis keeps a port without TLS open beside the one with TLS.

## Why it matters
`tls-port` adds a port; the plaintext port 6379 stays open until it is set to 0. Clients that were never changed go on in
clear text, and nobody notices.

## Bad: the default port stays open
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
tls-port 6380  # <-
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
```

## Good
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
```

## Fix
Close the port without TLS:
```text
port 0
```

## References
- Redis 8.0 manual, TLS: https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-plaintext-port-beside-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def redis_plaintext_port_beside_tls(redis: Redis) -> Iterator[Diagnostic]:
    if known(redis.has_tls_port) and known(redis.has_plain_port) and known(redis.serves_remote_clients):
        yield fail(
            f"{redis.label} keeps port {known(redis.number('port'))} without TLS open beside the one with TLS",
            at=redis.where("port") if redis.is_set("port") else redis.where("tls-port"),
            severity=redis.exposure.scale(HIGH),
            expected="port 0",
        )
