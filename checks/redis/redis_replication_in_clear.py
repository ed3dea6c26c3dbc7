"""Nodes of Redis talk to each other without TLS.

## Why it matters
A replica fetches the whole data set and then every change; cluster nodes exchange changes and addresses. Both use plain
TCP until they are told to use TLS, even where clients use it. The replica's password to its primary is sent the same way.

## Bad: a replica
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
replicaof 10.20.0.6 6379  # <-
```

## Bad: a cluster node
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
cluster-enabled yes  # <-
```

## Good: replication over TLS
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
tls-port 6379
port 0
tls-cert-file /etc/redis/tls/redis.crt
tls-key-file /etc/redis/tls/redis.key
tls-ca-cert-file /etc/redis/tls/ca.crt
tls-replication yes
slaveof 10.20.0.6 6379
```

## Good: the primary is on the same host
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
replicaof 127.0.0.1 6380
```

## Fix
Switch TLS on for both links.
```text
tls-replication yes
tls-cluster yes
```

## References
- Redis 8.0 manual, TLS: https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
- Redis 8.0 manual, Replication: https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


def _is_local(host: str) -> bool:
    return host.lower() == "localhost" or host == "::1" or host.startswith("127.")


@check("redis-replication-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def redis_replication_in_clear(redis: Redis) -> Iterator[Diagnostic]:
    primary = known(redis.primary)
    if primary is not None and not _is_local(primary[0]) and not known(redis.flag("tls-replication")):
        yield fail(
            f"{redis.label} copies the data of {primary[0]} without TLS",
            at=redis.where("replicaof"),
            severity=redis.exposure.scale(HIGH),
            key="replication",
            expected="tls-replication yes",
        )
    if known(redis.flag("cluster-enabled")) and not known(redis.flag("tls-cluster")):
        yield fail(
            f"{redis.label} talks to other cluster nodes without TLS",
            at=redis.where("cluster-enabled"),
            severity=redis.exposure.scale(HIGH),
            key="cluster",
            expected="tls-cluster yes",
        )
