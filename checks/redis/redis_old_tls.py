"""Redis accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers.

## Bad
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
tls-protocols "TLSv1.1 TLSv1.2"  # <-
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
tls-protocols "TLSv1.2 TLSv1.3"
```

## Good: the default
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
Leave the setting out, or name the current versions:
```text
tls-protocols "TLSv1.2 TLSv1.3"
```

## References
- Redis 8.0 manual, TLS: https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def redis_old_tls(redis: Redis) -> Iterator[Diagnostic]:
    old = {"tlsv1": "TLS 1.0", "tlsv1.1": "TLS 1.1"}
    found = [old[word] for word in known(redis.text("tls-protocols")).lower().split() if word in old]
    if known(redis.has_tls_port) and found:
        yield fail(
            f"{redis.label} accepts {' and '.join(found)}",
            at=redis.where("tls-protocols"),
            severity=redis.exposure.scale(MEDIUM),
            expected='tls-protocols "TLSv1.2 TLSv1.3"',
        )
