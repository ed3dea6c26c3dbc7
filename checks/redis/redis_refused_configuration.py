"""Redis would refuse to start with this configuration.

## Why it matters
The server stops with "FATAL CONFIG FILE ERROR" at a line like this. Whatever is running now runs with something else,
and the next restart fails. Its other settings are not judged.

## Bad: a comment behind a value
```text redis.conf
bind 127.0.0.1
port 6379 # the usual one
```

## Bad: users in two places
```text redis.conf
bind 127.0.0.1
aclfile users.acl
user records on nopass +@read
```
```text users.acl
user default off
```

## Bad: a comment in an ACL file
```text users.acl
# the users of the clinic
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@read
```

## Bad: TLS without a certificate
```text redis.conf
bind 127.0.0.1
tls-port 6380  # <-
```

## Good: the comment has its own line
```text redis.conf
bind 127.0.0.1
# the usual one
port 6379
```

## Good: a hash sign inside a value
```text redis.conf
bind 127.0.0.1
requirepass sample#only-not-a-real-password
```

## Fix
Correct the line and test the file before it is rolled out:
```text
redis-server /etc/redis/redis.conf --port 0 --unixsocket /tmp/try.sock
```

## References
- Redis 8.0 manual, Configuration: https://redis.io/docs/latest/operate/oss_and_stack/management/config/
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.redis import RedisServer


@check(
    "redis-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def redis_refused_configuration(redis: RedisServer) -> Iterator[Diagnostic]:
    for problem in redis.refused:
        yield fail(f"{redis.label} would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if redis.unrecognised:
        where = ", ".join(str(problem.at) for problem in redis.unrecognised[:3])
        yield not_evaluated(f"a directive is not known here ({where}); a newer version or a module may have it")
