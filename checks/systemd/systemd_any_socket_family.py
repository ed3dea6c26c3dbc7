"""A service may open sockets of every kind.

## Why it matters
Rare socket families are where the kernel's own flaws have been, and raw packet sockets read other programs' traffic. A server
needs Internet and Unix sockets.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
User=api
```

## Bad: reset by a drop-in
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
```
```ini etc/systemd/system/api.service.d/hardening.conf
[Service]
RestrictAddressFamilies= # <-
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
```

## Good: none at all
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
RestrictAddressFamilies=none
```

## Fix
```ini
[Service]
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
```

## References
- systemd.exec(5) of 252, RestrictAddressFamilies=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-any-socket-family", severity=LOW, control=Control.PRIVILEGE, cwe=693)
def systemd_any_socket_family(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and known(service.families) is None:
        yield fail(
            f"{service.name} may open sockets of every address family",
            at=service.where("RestrictAddressFamilies"),
            expected="RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        )
