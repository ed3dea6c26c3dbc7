"""Redis serves clients of other hosts without TLS.

## Why it matters
Passwords and records cross the network in clear text; whoever listens on the way reads both, and whoever stands in the
way changes them. TLS is off until `tls-port` is set.

## Bad
```text redis.conf
bind 10.20.0.5  # <-
requirepass sample-only-not-a-real-password
```

## Bad: a published port
```yaml compose.yaml
services:
  cache:
    image: redis:7.2  # <-
    command: redis-server --requirepass sample-only-not-a-real-password
    ports: ["6379:6379"]
```

## Good: TLS only
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
```

## Good: no remote client
```text redis.conf
bind 127.0.0.1 -::1
requirepass sample-only-not-a-real-password
```

## Fix
Serve TLS and close the port without it.
```text
port 0
tls-port 6379
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
```

## References
- Redis 8.0 manual, TLS: https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def redis_no_tls(redis: Redis) -> Iterator[Diagnostic]:
    if known(redis.serves_remote_clients) and not known(redis.has_tls_port):
        yield fail(
            f"{redis.label} serves clients without TLS; {redis.exposure.reason}",
            at=redis.where("tls-port") if redis.is_set("tls-port") else redis.where("bind"),
            severity=redis.exposure.scale(HIGH),
            expected="tls-port with a certificate, and port 0",
        )
