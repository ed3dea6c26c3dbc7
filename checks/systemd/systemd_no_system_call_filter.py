"""A service may make every system call.

## Why it matters
Most ways from a broken program into the kernel go through calls that servers never make. A filter takes them away from the
attacker, too.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
User=api
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
SystemCallFilter=@system-service
```

## Good: a list of what is forbidden
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
SystemCallFilter=~@privileged @mount @module
```

## Fix
```ini
[Service]
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
SystemCallArchitectures=native
```

## References
- systemd.exec(5) of 252, SystemCallFilter=
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-no-system-call-filter", severity=LOW, control=Control.PRIVILEGE, cwe=693)
def systemd_no_system_call_filter(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and not known(service.directives.has_list("SystemCallFilter")):
        yield fail(
            f"{service.name} may make every system call",
            at=service.where("SystemCallFilter"),
            expected="SystemCallFilter=@system-service",
        )
