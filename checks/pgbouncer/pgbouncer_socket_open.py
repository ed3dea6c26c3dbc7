"""PgBouncer lets every local user connect to its Unix socket without a password.

## Why it matters
The socket's mode is 0777 by default. Where PgBouncer asks for no password (`trust`, `any`), whoever runs a program on the
host is in the database as any listed user.

## Bad: the default mode
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = trust  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = trust
unix_socket_mode = 0770
```

## Good: the mode as a decimal number
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = trust
unix_socket_mode = 504
```

## Good: there is no socket
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
auth_type = trust
listen_addr = 127.0.0.1
unix_socket_dir =
```

## Fix
```text
auth_type = scram-sha-256
unix_socket_mode = 0770
```

## References
- PgBouncer 1.25 manual, unix_socket_mode: https://www.pgbouncer.org/config.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-socket-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def pgbouncer_socket_open(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if known(pooler.auth_type) not in {"trust", "any"} or known(pooler.text("unix_socket_dir")) == "":
        return
    mode = known(pooler.number("unix_socket_mode"))
    if mode is not None and mode & 0o002:
        is_said = pooler.settings.is_explicit("unix_socket_mode")
        yield fail(
            f"Mode {mode:04o} of the Unix socket lets every local user connect and no password is asked",
            at=pooler.where("unix_socket_mode" if is_said else "auth_type"),
            expected="unix_socket_mode = 0770",
        )
