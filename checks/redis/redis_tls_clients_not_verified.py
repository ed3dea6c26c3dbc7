"""Redis lets TLS clients in without a certificate or a password.

## Why it matters
TLS hides what is said, not who says it. With `tls-auth-clients no` or `optional` a client needs no certificate, and
without a password nothing else asks who it is.

## Bad
```text redis.conf
bind 10.20.0.5
protected-mode no
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
tls-auth-clients optional  # <-
```

## Good: certificates are required (the default)
```text redis.conf
bind 10.20.0.5
protected-mode no
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
```

## Good: a password beside it
```text redis.conf
bind 10.20.0.5
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
tls-auth-clients no
requirepass sample-only-not-a-real-password
```

## Fix
Require certificates, or give every client a user with a password:
```text
tls-auth-clients yes
```

## References
- Redis 8.0 manual, TLS: https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-tls-clients-not-verified", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def redis_tls_clients_not_verified(redis: Redis) -> Iterator[Diagnostic]:
    if known(redis.has_plain_port) or not known(redis.has_tls_port) or not known(redis.is_passwordless):
        return
    if known(redis.text("tls-auth-clients")) != "yes" and not known(redis.is_protected):
        yield fail(
            f"{redis.label} lets TLS clients in without a certificate or a password",
            at=redis.where("tls-auth-clients"),
            severity=redis.exposure.scale(CRITICAL),
            expected="tls-auth-clients yes, or user default off",
        )
