"""Redis goes on with data that it could not save or cannot verify.

## Why it matters
`stop-writes-on-bgsave-error no` keeps accepting writes while every snapshot fails, so that the failure shows only when
the data is needed. `rdbchecksum no` loads a damaged snapshot without noticing.

## Bad: writes go on while snapshots fail
```text redis.conf
bind 127.0.0.1
save 900 1
stop-writes-on-bgsave-error no  # <-
```

## Bad: no checksum
```text redis.conf
bind 127.0.0.1
save 900 1
rdbchecksum no  # <-
```

## Bad: whatever the default of save is
```text redis.conf
bind 127.0.0.1
stop-writes-on-bgsave-error no
rdbchecksum NO  # <-
```

## Good: the defaults
```text redis.conf
bind 127.0.0.1
save 900 1
stop-writes-on-bgsave-error yes
```

## Good: there are no snapshots that could fail
```text redis.conf
bind 127.0.0.1
save ""
stop-writes-on-bgsave-error no
```

## Fix
Delete both lines, or set them to yes.
```text
stop-writes-on-bgsave-error yes
rdbchecksum yes
```

## References
- Redis 8.0 manual, Persistence: https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
- redis.conf of Redis 7.0, section SNAPSHOTTING: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-integrity-checks-off", severity=MEDIUM, control=Control.INTEGRITY, cwe=353)
def redis_integrity_checks_off(redis: Redis) -> Iterator[Diagnostic]:
    if not known(redis.flag("rdbchecksum")):
        yield fail(
            f"{redis.label} loads a damaged snapshot unnoticed",
            at=redis.where("rdbchecksum"),
            severity=LOW,
            key="rdbchecksum",
            expected="rdbchecksum yes",
        )
    if not known(redis.flag("stop-writes-on-bgsave-error")) and known(redis.text("save")):
        yield fail(
            f"{redis.label} accepts writes while snapshots fail",
            at=redis.where("stop-writes-on-bgsave-error"),
            key="stop-writes-on-bgsave-error",
            expected="stop-writes-on-bgsave-error yes",
        )
