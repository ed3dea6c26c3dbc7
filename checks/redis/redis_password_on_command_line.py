"""The password of Redis stands on its command line.

## Why it matters
Everybody who may list processes on the host, or look at the container's or Pod's description, reads the arguments: the
password is in `ps`, in `docker inspect`, and in monitoring that records command lines. That holds as well when it comes
from a variable, because the shell or the orchestrator has put it in by then.

## Bad
```yaml compose.yaml
services:
  cache:
    image: redis:7.2
    command: redis-server --requirepass sample-only-not-a-real-password  # <-
```

## Good: a mounted configuration
```yaml compose.yaml
services:
  cache:
    image: redis:7.2
    command: redis-server /etc/redis/redis.conf
    volumes:
      - ./redis.conf:/etc/redis/redis.conf:ro
```
```text redis.conf
aclfile /run/secrets/users.acl
```

## Fix
Put users into an ACL file that is mounted as a secret:
```text
redis-server --aclfile /run/secrets/users.acl
```

## References
- Redis 8.0 manual, ACL: https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
- Redis 8.0 manual, Security: https://redis.io/docs/latest/operate/oss_and_stack/management/security/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Origin, Secret, check, fail
from auditor.technologies.redis import Redis


@check("redis-password-on-command-line", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=214)
def redis_password_on_command_line(redis: Redis) -> Iterator[Diagnostic]:
    for name in ("requirepass", "masterauth"):
        setting = redis.settings[name]
        is_empty = isinstance(setting.value, Secret) and setting.value.is_empty
        if redis.is_set(name) and setting.origin is Origin.FLAG and not is_empty:
            yield fail(
                f"{name} is an argument of the server, which every process list shows",
                at=setting.at,
                key=name,
                expected="the password in a mounted ACL file or configuration",
            )
