"""Redis lets clients load modules, debug it or change protected settings.

## Why it matters
Loading a module is running code in the server; changing `dir` and `dbfilename` writes files of the attacker's choice.
Redis 7.0 switched these off, and the configuration switches them on again for any connection.

## Bad
```text redis.conf
bind 127.0.0.1
enable-module-command yes  # <-
```

## Bad: for local connections
```text redis.conf
bind 127.0.0.1
enable-debug-command local  # <-
```

## Good: the default
```text redis.conf
bind 127.0.0.1
enable-module-command no
```

## Fix
Delete the lines; load modules with `loadmodule` in the configuration.
```text
enable-module-command no
enable-debug-command no
enable-protected-configs no
```

## References
- redis.conf of Redis 7.0: https://raw.githubusercontent.com/redis/redis/7.0/redis.conf
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.redis import Redis

_EFFECTS = {
    "enable-module-command": "clients may load code into the server",
    "enable-debug-command": "clients may crash and inspect the server",
    "enable-protected-configs": "clients may change where the server writes files",
}


@check("redis-dangerous-commands-enabled", severity=HIGH, control=Control.CODE_EXECUTION, cwe=749)
def redis_dangerous_commands_enabled(redis: Redis) -> Iterator[Diagnostic]:
    for name, effect in _EFFECTS.items():
        value = known(redis.text(name))
        if value != "no":
            yield fail(
                f"{name} is {value}, so that {effect} from {'local connections' if value == 'local' else 'any connection'}",
                at=redis.where(name),
                severity=LOW if value == "local" else redis.exposure.scale(HIGH),
                key=name,
                expected=f"{name} no",
            )
