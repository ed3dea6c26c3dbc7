"""One Sentinel alone may start a failover.

## Why it matters
With a quorum of 1 a single Sentinel that has lost its network takes the primary for dead and promotes a replica. Until
the networks are one again there are two primaries, and what clients wrote to the old one is thrown away.

## Bad
```text sentinel.conf
port 26379
requirepass sample-only-not-a-real-password
sentinel monitor records 10.20.0.5 6379 1  # <-
```

## Good
```text sentinel.conf
port 26379
requirepass sample-only-not-a-real-password
sentinel monitor records 10.20.0.5 6379 2
```

## Good: the last digit is the quorum, not the port
```text sentinel.conf
port 26379
requirepass sample-only-not-a-real-password
sentinel monitor one 10.20.0.5 6371 3
```

## Fix
Run three Sentinels on different hosts and let two of them agree:
```text
sentinel monitor records 10.20.0.5 6379 2
```

## References
- Redis 8.0 manual, Sentinel, "Fundamental things to know about Sentinel before deploying": https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.redis import RedisSentinel


@check("redis-sentinel-quorum", severity=LOW, control=Control.AVAILABILITY, also=(Control.INTEGRITY,))
def redis_sentinel_quorum(sentinel: RedisSentinel) -> Iterator[Diagnostic]:
    for monitor in sentinel.monitors:
        if monitor.quorum == 1:
            yield fail(
                f"One Sentinel alone may declare the primary {monitor.name} dead and start a failover",
                at=monitor.at,
                expected="a quorum of at least 2, with three Sentinels",
                key=monitor.name,
            )
