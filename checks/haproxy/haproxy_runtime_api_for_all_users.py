"""Every user of the host can give HAProxy commands.

## Why it matters
The runtime API (`stats socket`) knows no passwords: who may write to the socket file may give commands. With `mode 666`
any program that somebody breaks into on the host stops servers or sends requests elsewhere.

## Bad
```text haproxy.cfg
global
  stats socket /run/haproxy/admin.sock mode 666 level admin  # <-
defaults
  mode http
frontend www
  bind 127.0.0.1:80
```

## Good
```text haproxy.cfg
global
  stats socket /run/haproxy/admin.sock mode 660 level admin
defaults
  mode http
frontend www
  bind 127.0.0.1:80
```

## Good: for all, to read only
```text haproxy.cfg
global
  stats socket /run/haproxy/stats.sock mode 666 level user
defaults
  mode http
frontend www
  bind 127.0.0.1:80
```

## Fix
```text
stats socket /run/haproxy/admin.sock user haproxy group haproxy mode 660 level admin
```

## References
- HAProxy configuration manual 2.6, bind options, level and mode: https://docs.haproxy.org/2.6/configuration.html#5.1-level
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.haproxy import Haproxy

_OTHERS_WRITE = 0o002


def _is_for_all(mode: str) -> bool:
    """Tell whether a mode lets users write who are neither owner nor in the group."""
    return bool(mode) and set(mode) <= set("01234567") and bool(int(mode[-4:], 8) & _OTHERS_WRITE)


@check("haproxy-runtime-api-for-all-users", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def haproxy_runtime_api_for_all_users(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for socket in haproxy.sockets():
        mode, level = socket.options.get("mode", ""), socket.options.get("level", "operator")
        if socket.is_socket_file and _is_for_all(mode) and level != "user":
            yield fail(
                f"Every user of the host may give commands at level {level} at {socket.address}",
                at=socket.at,
                severity=MEDIUM if level == "admin" else LOW,
                key=socket.address,
                expected="mode 660",
            )
