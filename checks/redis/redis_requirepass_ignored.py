"""Redis ignores its requirepass because ACL users are configured.

## Why it matters
`requirepass` is only a short way to give the default user a password. With an `aclfile` or a `user default` line the
server takes the default user from there and ignores `requirepass`, wherever it stands. An ACL file without a line for
the default user leaves it as built in: no password and all rights. The operator believes in a password that is none.

## Bad: the ACL file has no default user
```text redis.conf
bind 10.20.0.5
protected-mode no
requirepass sample-only-not-a-real-password  # <-
aclfile users.acl
```
```text users.acl
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@read
```

## Bad: a default user without a password
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password  # <-
user default on nopass ~* +@all
```

## Good: the ACL file alone, with the default user off
```text redis.conf
bind 10.20.0.5
protected-mode no
aclfile users.acl
```
```text users.acl
user default off
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@read
```

## Good: requirepass with other users beside it
```text redis.conf
bind 10.20.0.5
requirepass sample-only-not-a-real-password
user records on #5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e ~records:* +@read
```

## Fix
Put the default user into the ACL file and delete `requirepass`:
```text
user default off
```

## References
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
- redis.conf of Redis 7.0, section SECURITY: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, Secret, check, fail, known
from auditor.technologies.redis import Redis

_REASONS = {"aclfile": "an aclfile is set", "user lines": "a user default line is there"}


@check("redis-requirepass-ignored", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=1188)
def redis_requirepass_ignored(redis: Redis) -> Iterator[Diagnostic]:
    password = redis.settings["requirepass"]
    value = password.value
    if not redis.is_set("requirepass") or redis.users_source == "requirepass":
        return
    if isinstance(value, Secret) and value.is_empty:
        return
    user = known(redis.default_user)
    result = "needs no password" if user.is_open else "is off" if not user.enabled else "has another password"
    yield fail(
        f"requirepass is ignored because {_REASONS[redis.users_source]}; the default user {result}",
        at=redis.where("requirepass"),
        severity=redis.exposure.scale(CRITICAL) if user.is_open else MEDIUM,
        expected="no requirepass; the default user's password or off in the ACL rules",
    )
