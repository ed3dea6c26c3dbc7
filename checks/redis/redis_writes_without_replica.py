"""A Redis primary accepts writes that no replica has.

## Why it matters
Replication is asynchronous. A primary that has lost its replicas goes on accepting writes, and a failover then drops
them. `min-replicas-to-write` makes it refuse writes that it cannot copy.

## Bad
```yaml compose.yaml
services:
  primary:
    image: redis:7.2  # <-
    command: redis-server --requirepass sample-only-not-a-real-password
  replica:
    image: redis:7.2
    command: redis-server --replicaof primary 6379 --requirepass sample-only-not-a-real-password
```

## Good
```yaml compose.yaml
services:
  primary:
    image: redis:7.2
    command: redis-server --min-replicas-to-write 1 --requirepass sample-only-not-a-real-password
  replica:
    image: redis:7.2
    command: redis-server --replicaof primary 6379 --requirepass sample-only-not-a-real-password
```

## Good: another project's replica has another primary
```yaml a/compose.yaml
services:
  primary:
    image: redis:7.2
    command: redis-server --requirepass sample-only-not-a-real-password
```
```yaml b/compose.yaml
services:
  replica:
    image: redis:7.2
    command: redis-server --replicaof primary 6379 --requirepass sample-only-not-a-real-password
```

## Good: no replica
```yaml compose.yaml
services:
  primary:
    image: redis:7.2
    command: redis-server --requirepass sample-only-not-a-real-password
```

## Fix
Ask for one replica that is not far behind.
```text
min-replicas-to-write 1
min-replicas-max-lag 10
```

## References
- Redis 8.0 manual, Replication: https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Facts, check, fail
from auditor.technologies.redis import Redis


def _project(server: Redis) -> str:
    """Return what the names of hosts are unique in: the namespace, or the compose project's folder."""
    parts = server.component.split("/")
    return parts[1] if server.origin == "kubernetes" and len(parts) > 1 else "/".join(parts[:-1])


@check("redis-writes-without-replica", severity=LOW, control=Control.DURABILITY, also=(Control.AVAILABILITY,))
def redis_writes_without_replica(servers: Facts[Redis]) -> Iterator[Diagnostic]:
    hosts = {
        (_project(server), primary[0].partition(".")[0])
        for server in servers
        if isinstance(primary := server.primary, tuple)
    }
    for server in servers:
        has_replicas = any((_project(server), name) in hosts for name in server.component.split("/")[-2:])
        if server.primary is None and has_replicas and server.number("min-replicas-to-write") == 0:
            yield fail(
                f"{server.component} has replicas and accepts writes that none of them has",
                at=server.where("min-replicas-to-write"),
                key=server.component,
                expected="min-replicas-to-write 1",
            )
