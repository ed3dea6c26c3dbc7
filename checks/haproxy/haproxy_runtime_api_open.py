"""HAProxy takes commands over the network from anybody.

## Why it matters
The runtime API (`stats socket`) knows no passwords. With `level admin` whoever connects switches servers off, sends
requests to other addresses, reads tables and replaces certificates.

## Bad
```text haproxy.cfg
global
  stats socket ipv4@*:9999 level admin  # <-
defaults
  mode http
frontend www
  bind 127.0.0.1:80
```

## Good: a socket file
```text haproxy.cfg
global
  stats socket /run/haproxy/admin.sock mode 660 level admin
defaults
  mode http
frontend www
  bind 127.0.0.1:80
```

## Good: on loopback
```text haproxy.cfg
global
  stats socket ipv4@127.0.0.1:9999 level admin
defaults
  mode http
frontend www
  bind 127.0.0.1:80
```

## Fix
```text
stats socket /run/haproxy/admin.sock mode 660 level admin
```

## References
- HAProxy configuration manual 2.6, stats socket: https://docs.haproxy.org/2.6/configuration.html#3.1-stats%20socket
- HAProxy management guide 2.6, Unix Socket commands: https://docs.haproxy.org/2.6/management.html#9.3
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail
from auditor.technologies.haproxy import Haproxy


@check(
    "haproxy-runtime-api-open",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=306,
)
def haproxy_runtime_api_open(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for socket in haproxy.sockets():
        if socket.is_local or socket.asks_for_certificate:
            continue
        level = socket.options.get("level", "operator")
        exposure = haproxy.reach(socket)
        yield fail(
            f"HAProxy accepts commands at level {level} from anyone who reaches {socket.address}; {exposure.reason}",
            at=socket.at,
            severity=exposure.scale(CRITICAL if level == "admin" else HIGH),
            key=socket.address,
            expected="a socket file with mode 660",
        )
