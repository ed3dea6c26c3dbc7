"""Redis throws its log away.

## Why it matters
With `daemonize yes` and no `logfile`, the log goes to /dev/null: failed loads, refused connections, failovers and
configuration changes leave no trace.

## Bad
```text redis.conf
bind 127.0.0.1
daemonize yes  # <-
logfile ""
```

## Good: a file
```text redis.conf
bind 127.0.0.1
daemonize yes
logfile /var/log/redis/redis-server.log
```

## Good: syslog
```text redis.conf
bind 127.0.0.1
daemonize yes
syslog-enabled yes
```

## Good: in the foreground it goes to the standard output
```text redis.conf
bind 127.0.0.1
daemonize no
```

## Fix
Name a file or use syslog:
```text
logfile /var/log/redis/redis-server.log
```

## References
- redis.conf of Redis 7.0: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-log-discarded", severity=MEDIUM, control=Control.AUDIT_LOGGING, also=(Control.MONITORING,), cwe=778)
def redis_log_discarded(redis: Redis) -> Iterator[Diagnostic]:
    in_background = known(redis.flag("daemonize")) and known(redis.text("supervised")) == "no"
    if in_background and not known(redis.text("logfile")) and not known(redis.flag("syslog-enabled")):
        yield fail(
            f"{redis.label} throws its log away: it is written to /dev/null",
            at=redis.where("daemonize"),
            expected="logfile with a path, or syslog-enabled yes",
        )
