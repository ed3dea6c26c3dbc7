"""An old Redis lets its users change where it writes files.

## Why it matters
Up to 6.2 a user who may run CONFIG can set `dir` and `dbfilename` and save a file of chosen content, such as a cron job
or an SSH key. From 7.0 on these settings are protected.

## Bad
```yaml compose.yaml
services:
  cache:
    image: redis:6.2  # <-
    command: redis-server --requirepass sample-only-not-a-real-password
```

## Good: the command is taken away
```yaml compose.yaml
services:
  cache:
    image: redis:6.2
    command: redis-server --requirepass sample-only-not-a-real-password --rename-command CONFIG ""
```

## Good: 7.0 protects these settings
```yaml compose.yaml
services:
  cache:
    image: redis:7.0
    command: redis-server --requirepass sample-only-not-a-real-password
```

## Fix
Upgrade, or keep the command from the users:
```text
rename-command CONFIG ""
```

or end the rules of each user with `-@dangerous -@admin`.

## References
- Redis 8.0 manual, Security: https://redis.io/docs/latest/operate/oss_and_stack/management/security/
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.redis import Redis


@check(
    "redis-config-command-open", severity=MEDIUM, control=Control.CODE_EXECUTION, also=(Control.AUTHORIZATION,), cwe=749
)
def redis_config_command_open(redis: Redis) -> Iterator[Diagnostic]:
    if redis.is_since_7 is None:
        yield not_evaluated("the files do not tell the version; Redis 7.0 and later protect these settings")
    elif redis.is_since_7 is False and "config" not in known(redis.renamed):
        names = [user.name for user in known(redis.users).values() if user.enabled and user.may_administer]
        if names:
            yield fail(
                f"{'Users' if len(names) > 1 else 'User'} {', '.join(sorted(names))} may run CONFIG SET dir, and so write files "
                "wherever the server may",
                severity=redis.exposure.scale(MEDIUM),
                expected='Redis 7.0 or later, or rename-command CONFIG ""',
            )
