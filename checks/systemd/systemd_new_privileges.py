"""A service may gain the rights of other users through setuid programs.

## Why it matters
The service runs as a user of its own, but may start `sudo`, `su` and every other setuid program of the host. A flaw in one
of them turns a broken service into root. With `NoNewPrivileges=` the kernel ignores the setuid bit.

## Bad
```ini etc/systemd/system/api.service
[Service] # <-
ExecStart=/usr/local/bin/api
User=api
```

## Bad: a comment behind the value makes systemd ignore the line
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
NoNewPrivileges=yes # required
```

## Good
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
NoNewPrivileges=yes
```

## Good: switched on by another directive
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
RestrictRealtime=yes
```

## Good: switched on by a list
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
User=api
SystemCallFilter=@system-service
```

## Good: a user made for the run
```ini etc/systemd/system/api.service
[Service]
ExecStart=/usr/local/bin/api
DynamicUser=yes
```

## Fix
```ini
[Service]
NoNewPrivileges=yes
```

## References
- systemd.exec(5) of 252, NoNewPrivileges=
- Linux kernel documentation, "No New Privileges Flag"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.systemd import SystemdService


@check("systemd-new-privileges", severity=LOW, control=Control.PRIVILEGE, cwe=269)
def systemd_new_privileges(service: SystemdService) -> Iterator[Diagnostic]:
    if service.is_service_of_the_system and not known(service.runs_as_root) and known(service.may_gain_privileges):
        yield fail(
            f"{service.name} may start setuid programs, which gives it their owner's rights",
            at=service.where("NoNewPrivileges"),
            expected="NoNewPrivileges=yes",
        )
