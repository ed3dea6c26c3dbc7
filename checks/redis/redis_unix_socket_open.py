"""Redis lets every local user connect to its Unix socket.

## Why it matters
Write permission on the socket is what lets a process connect. With 666 or 777 every account of the host, also that of a
broken web application, talks to the server.

## Bad
```text redis.conf
bind 127.0.0.1
unixsocket /run/redis/redis.sock
unixsocketperm 777  # <-
```

## Good: a group
```text redis.conf
bind 127.0.0.1
unixsocket /run/redis/redis.sock
unixsocketperm 770
```

## Good: there is no socket
```text redis.conf
bind 127.0.0.1
unixsocketperm 777
```

## Fix
Let only the group in, and put the applications into it:
```text
unixsocketperm 770
```

## References
- redis.conf of Redis 7.0: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis


@check("redis-unix-socket-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def redis_unix_socket_open(redis: Redis) -> Iterator[Diagnostic]:
    permissions = known(redis.number("unixsocketperm"))
    if known(redis.text("unixsocket")) and permissions % 10 & 2:
        open_to_all = known(redis.is_passwordless)
        yield fail(
            f"Mode {permissions} of the Unix socket lets every local user connect{' and no password is asked' if open_to_all else ''}",
            at=redis.where("unixsocketperm"),
            severity=MEDIUM if open_to_all else LOW,
            expected="unixsocketperm 770",
        )
